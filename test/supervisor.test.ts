import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RoleName, readConfig } from '../src/config';
import { createLog } from '../src/log';
import { supervise } from '../src/supervisor';
import { until } from './support/until';

const config = readConfig({ DATABASE_URL: 'postgres://not-used', NATS_URL: 'nats://not-used', LOG_LEVEL: 'silent' });
const entry = join(__dirname, 'support', 'role-double.js');
const dir = mkdtempSync(join(tmpdir(), 'campaign-roles-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const options = (name: string, roles: RoleName[], more: Record<string, string> = {}) => {
  const pids = join(dir, name);
  const hopeless: RoleName[] = [];
  const environment = { ...process.env, PIDS: pids, ...more };
  const log = createLog(config, 'test');
  return { pids, hopeless, entry, roles, environment, log, onHopeless: (role: RoleName) => void hopeless.push(role) };
};

/** The pids of a role in the order of their starts. */
const started = (file: string, role: RoleName): number[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(`${role} `))
    .map((line) => Number(line.split(' ')[1]));

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('the supervisor', () => {
  test('starts a killed role again, leaves the others alone, and ends them all', async () => {
    const all = options('killed', ['api', 'sender']);
    const running = await supervise(all);
    process.kill(started(all.pids, 'sender')[0] ?? 0, 'SIGKILL');
    const second = await until('a second sender', () => started(all.pids, 'sender')[1]);
    expect(started(all.pids, 'api')).toHaveLength(1);
    await running.stop();
    expect([...started(all.pids, 'api'), second].filter(lives)).toEqual([]);
  });

  test('gives up a role that never becomes ready', async () => {
    const all = options('hopeless', ['dispatcher'], { DIES: 'dispatcher' });
    void supervise(all);
    await until('giving up', () => all.hopeless.length > 0);
    expect(started(all.pids, 'dispatcher')).toHaveLength(6);
  });

  test('tells the dispatcher to keep its heap small, and the others nothing', async () => {
    const all = options('heaps', ['api', 'dispatcher']);
    await (await supervise(all)).stop();
    const told = readFileSync(all.pids, 'utf8')
      .split('\n')
      .filter((line) => line.includes('--max-old-space-size'));
    expect(told).toEqual([expect.stringMatching(/^dispatcher .*--max-semi-space-size=/)]);
  });

  test('gives each role without the api a port of its own for health and metrics', async () => {
    const all = options('ports', ['api', 'dispatcher', 'sender']);
    await (await supervise({ ...all, healthPort: 9_100 })).stop();
    const ports = readFileSync(all.pids, 'utf8')
      .split('\n')
      .map((line) => line.split(' '));
    expect(Object.fromEntries(ports.map(([role, , port]) => [role, port]))).toMatchObject({
      api: 'undefined',
      dispatcher: '9100',
      sender: '9101',
    });
  });
});
