import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Worker } from '../../drill/worker';
import { crashPoints } from '../../src/shared/crash-point';
import { build } from '../demo/built-demo';
import { type CrashCase, coveredPoints, ofAnyRun } from './crash-cases';
import { dieTwice, SometimesTable } from './doomed';
import { type DrillStage, openDrillStage } from './drill-stage';

const PEOPLE = 2_000;

type Role = keyof typeof ofAnyRun;

let stage: DrillStage;
const others = {} as Record<Role, Worker>;
const sometimes = new SometimesTable();

beforeAll(async () => {
  await build();
  stage = await openDrillStage({ recipients: PEOPLE });
}, 180_000);
afterAll(async () => {
  sometimes.print();
  await stage.close();
}, 60_000);

/** One process dies at its point in a campaign of its own, and so does its successor; a third one ends the campaign. */
async function crashAt(role: Role, crash: CrashCase) {
  const counterpart = role === 'sender' ? 'dispatcher' : 'sender';
  others[counterpart] ??= stage.worker(counterpart, counterpart, stage.provider);
  if (!others[counterpart].isReady) await others[counterpart].start();
  await others[role]?.stop();
  const doomed = stage.worker(role, `${role}-doomed`, stage.provider);
  const { signals, made } = await dieTwice(doomed, crash, () => stage.campaigns.start());
  sometimes.add({ point: crash.point, on: role, signals });
  others[role] ??= stage.worker(role, role, stage.provider);
  await others[role].start();
  const { differences, figures, ledger } = await stage.verdict(made);
  return { signals, differences, sent: ledger.filter((row) => row.disposition === 'sent').length, ...figures };
}

for (const [role, cases] of Object.entries(ofAnyRun) as [Role, readonly CrashCase[]][]) {
  test.each(cases)(
    `a ${role} that dies at $point, twice in a row, loses nobody and writes to nobody twice`,
    async (crash) => {
      const result = await crashAt(role, crash);
      expect(result).toMatchObject({ differences: [], sent: PEOPLE, accepted: PEOPLE, lost: 0 });
      expect(result.signals).toEqual(['SIGKILL', 'SIGKILL']);
    },
    180_000,
  );
}

test('each point was passed, and killed its process twice', () => {
  const wanted = [...ofAnyRun.dispatcher, ...ofAnyRun.sender].map(({ point }) => point);
  expect(sometimes.deaths.map(({ point }) => point)).toEqual(wanted);
});

test('every crash point of the sources is declared, some case covers it, and the ledger says what follows', () => {
  const root = resolve(__dirname, '../..');
  const sources = join(root, 'src');
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const text = files.map((file) => readFileSync(join(sources, file), 'utf8')).join('\n');
  const named = [...text.matchAll(/crashPoint\('([^']+)'\)/g)].map(([, name]) => name);
  expect([...new Set(named)].sort()).toEqual([...crashPoints].sort());
  expect([...coveredPoints].sort()).toEqual([...crashPoints].sort());
  const ledger = readFileSync(join(root, 'docs', 'ledger.md'), 'utf8');
  expect(crashPoints.filter((point) => !ledger.includes(`\`${point}\``))).toEqual([]);
});
