import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { serverIdentity } from './data-folder';
import { endAfterUs } from './parent-watch';
import { descendants } from './process-tree';
import type { RunningRecord } from './running-record';

/** What a part is started with. */
export interface PartCommand {
  name: string;
  version: string;
  source: string;
  port: number;
  url: string;
  binary: string;
  args: readonly string[];
  /** Its data; the record finds a survivor by it. */
  dataDir: string;
  logFile: string;
  stopSignal: NodeJS.Signals;
  ready: () => Promise<void>;
  /** Makes the data folder anew after a wipe. */
  prepare?: () => Promise<void>;
  removeData: () => void;
  record: RunningRecord;
}

/** One server that runs as a direct child. Drills kill it, wipe its data and start it again on the same port. */
export interface RunningPart {
  readonly name: string;
  readonly version: string;
  /** Where its binary was found. */
  readonly source: string;
  readonly port: number;
  readonly url: string;
  pid(): number | undefined;
  /** As a power cut: the process and all of its own children at once. */
  kill9(): Promise<void>;
  /** Starts it again; stops it first when it runs. */
  restart(): Promise<void>;
  /** Kills it and deletes its data; `restart` brings it back empty. */
  wipe(): Promise<void>;
  stop(): Promise<void>;
  /** The last thing a dying parent can do. */
  signalNow(): void;
}

const startMs = 60_000;

/** Starts the command and waits until it answers. */
export async function runPart(command: PartCommand): Promise<RunningPart> {
  let child: ChildProcess | undefined;
  const start = async () => {
    await command.prepare?.();
    child = await spawnUntilReady(command);
  };
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = undefined;
    if (ending) await endChild(ending, signal);
    command.record.remove(command.name);
  };
  await start();
  return {
    name: command.name,
    version: command.version,
    source: command.source,
    port: command.port,
    url: command.url,
    pid: () => child?.pid,
    kill9: () => end('SIGKILL'),
    stop: () => end(command.stopSignal),
    restart: async () => {
      await end(command.stopSignal);
      await start();
    },
    wipe: async () => {
      await end('SIGKILL');
      command.removeData();
    },
    signalNow: () => {
      child?.kill(command.stopSignal);
    },
  };
}

/** After a kill a server may for a moment find its own past self in the way (shared memory, port): try again. */
async function spawnUntilReady(command: PartCommand): Promise<ChildProcess> {
  const deadline = Date.now() + startMs;
  for (;;) {
    const child = spawnServer(command);
    const failure = await answers(child, command, deadline).then(
      () => undefined,
      (error: Error) => error,
    );
    if (!failure) return child;
    await endChild(child, 'SIGKILL');
    if (Date.now() > deadline || !/already in use|still in use|being used/.test(failure.message)) throw failure;
    await pause(200);
  }
}

/** In a group of its own, so that Ctrl-C on the terminal reaches us first and the order of stopping is ours. */
function spawnServer(command: PartCommand): ChildProcess {
  const log = openSync(command.logFile, 'a');
  try {
    const options = { cwd: '/', detached: true, stdio: ['ignore', log, log] as const, ...serverIdentity() };
    const child = spawn(command.binary, [...command.args], { ...options, stdio: [...options.stdio] });
    if (child.pid) {
      command.record.add(command.name, child.pid, command.dataDir);
      child.once('exit', endAfterUs(child.pid, command.stopSignal));
    }
    return child;
  } finally {
    closeSync(log);
  }
}

async function answers(child: ChildProcess, command: PartCommand, deadline: number): Promise<void> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  for (;;) {
    if (failure) throw failure;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(ended(command));
    try {
      return await command.ready();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(50);
    }
  }
}

function ended(command: PartCommand): string {
  const tail = readFileSync(command.logFile, 'utf8').trimEnd().split('\n').slice(-8).join('\n');
  return `${command.name} ended at its start (${command.binary}):\n${tail}`;
}

async function endChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const family = signal === 'SIGKILL' ? descendants(child.pid) : [];
  child.kill(signal);
  for (const pid of family) killQuietly(pid);
  const patience = setTimeout(() => child.kill('SIGKILL'), 8_000);
  await ended;
  clearTimeout(patience);
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was gone already, which is what we want.
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
