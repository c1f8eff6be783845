import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { DemoResult } from '../../demo/result';
import { freePort } from '../../src/local/free-port';

const run = promisify(execFile);
const root = resolve(__dirname, '../..');
const output = { maxBuffer: 64 * 1_048_576 };

/** What a demo left behind: its result, what it printed, and the outcomes that its simulator was given. */
export interface DemoRun {
  readonly result: DemoResult;
  readonly printed: string;
  readonly told: readonly { readonly userId: string; readonly eventType: string; readonly value?: string }[];
}

/** Compiles the program; what was compiled before is not compiled again. */
export const build = () => run('npm', ['run', '--silent', 'build'], { cwd: root, ...output });

/** Runs the demo as a person would, on servers and a folder of its own, until it ends by itself. */
export async function runDemo(...options: string[]): Promise<DemoRun> {
  const dir = mkdtempSync(join(tmpdir(), 'campaign-demo-'));
  try {
    const json = join(dir, 'result.json');
    const args = [join(root, 'dist/demo/main.js'), '--once', '--json', json, ...options];
    const { stdout } = await run(process.execPath, args, { cwd: root, env: await environment(dir), ...output });
    return { result: JSON.parse(readFileSync(json, 'utf8')), printed: stdout, told: readTold(dir) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function environment(dir: string): Promise<NodeJS.ProcessEnv> {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, LOCAL_DIR: dir, PORT: String(await freePort()), HOST: '127.0.0.1' };
}

function readTold(dir: string): DemoRun['told'] {
  const [runName] = readdirSync(join(dir, 'simulator'));
  const file = join(dir, 'simulator', runName ?? '', 'outcomes-to-come.jsonl');
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}
