import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { OperatorMistake } from '../shared/operator-mistake';
import { commandLine, startMark } from './process-tree';

interface Entry {
  pid: number;
  dataDir: string;
}
interface Written {
  owner: number;
  ownerStarted: string | undefined;
  parts: Record<string, Entry>;
}

/** Which servers run on a folder, written down for the next start in case this process is killed. */
export interface RunningRecord {
  add(name: string, pid: number, dataDir: string): void;
  remove(name: string): void;
  release(): void;
}

/** Takes the folder: refuses it while its owner lives, and ends the servers that a dead owner left behind. */
export async function claimFolder(dir: string): Promise<RunningRecord> {
  const file = join(dir, 'running.json');
  const before = readRecord(file);
  if (before && before.owner !== process.pid && startMark(before.owner) === before.ownerStarted && before.ownerStarted)
    throw new OperatorMistake(
      `LOCAL_DIR: ${dir} is in use by process ${before.owner}; stop it, or choose another folder`,
    );
  for (const entry of Object.values(before?.parts ?? {})) await endLeftover(entry);
  return openRecord(dir, file);
}

function openRecord(dir: string, file: string): RunningRecord {
  const written: Written = { owner: process.pid, ownerStarted: startMark(process.pid), parts: {} };
  const write = () => writeFileSync(file, JSON.stringify(written));
  write();
  return {
    add: (name, pid, dataDir) => {
      written.parts[name] = { pid, dataDir };
      write();
    },
    remove: (name) => {
      delete written.parts[name];
      if (existsSync(dir)) write();
    },
    release: () => rmSync(file, { force: true }),
  };
}

function readRecord(file: string): Written | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Written;
  } catch {
    return undefined;
  }
}

/** Only a process that names our data folder on its command line is ours: pids are used again. */
async function endLeftover({ pid, dataDir }: Entry): Promise<void> {
  const ours = () => commandLine(pid)?.includes(dataDir) ?? false;
  for (let asked = 0; ours() && asked < 500; asked++) {
    if (asked === 0) process.kill(pid, 'SIGINT');
    if (asked === 250) process.kill(pid, 'SIGKILL');
    await pause(20);
  }
}
