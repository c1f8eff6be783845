import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { descendants, startMark } from '../../src/local/process-tree';
import { build } from '../demo/built-demo';
import { until } from '../support/until';

const root = resolve(__dirname, '../..');
let dir: string;

beforeAll(async () => {
  await build();
  dir = mkdtempSync(join(tmpdir(), 'campaign-orphans-'));
}, 180_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Resolves when the program has said something that fits. */
async function said(program: ChildProcess, wanted: RegExp): Promise<void> {
  if (program.stderr)
    for await (const line of createInterface({ input: program.stderr })) if (wanted.test(line)) return;
  throw new Error(`the program ended before it said ${wanted}`);
}

/** Everybody below it, each with its own beginning: a pid alone may be given to another process afterwards. */
const family = (pid: number) => [pid, ...descendants(pid)].map((one) => ({ pid: one, mark: startMark(one) }));

const living = (processes: ReturnType<typeof family>) =>
  processes.filter(({ pid, mark }) => mark !== undefined && startMark(pid) === mark);

/** Kills the program alone, as an impatient person or the kernel would, and tells who of its family is left. */
async function killAlone(program: ChildProcess, least: number): Promise<void> {
  const all = family(program.pid ?? 0);
  expect(all.length).toBeGreaterThanOrEqual(least);
  program.kill('SIGKILL');
  await until('the end of all that it had started', () => living(all).length === 0, 20_000);
}

test('a launcher that is killed with SIGKILL leaves no server behind', async () => {
  const parts = `{ dir: ${JSON.stringify(dir)}, durable: false }`;
  const launcher = join(root, 'dist/src/local/local-parts.js');
  const script = `require(${JSON.stringify(launcher)}).startLocalParts(${parts}).then(() => console.error('up'))`;
  const program = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'pipe'] });
  await said(program, /^up$/);
  // Itself, three servers with their watchers, and what PostgreSQL has below it.
  await killAlone(program, 8);
}, 60_000);

test('a drill that is killed with SIGKILL leaves neither servers, nor the service, nor its witnesses behind', async () => {
  const args = ['kill', '--recipients', '5000', '--kills', '1', '--minutes', '2', '--dir', join(dir, 'drill')];
  const program = spawn(process.execPath, [join(root, 'dist/drill/main.js'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await said(program, /^kill 1:/);
  // The above, two dispatchers and two senders, of which one is being started, the provider and the recorder.
  await killAlone(program, 13);
}, 90_000);
