import type { Worker } from '../../drill/worker';
import { build } from '../demo/built-demo';
import { type DrillStage, openDrillStage } from './drill-stage';

const PEOPLE = 2_000;

/** Every point, and at which passage of it the process dies. */
const points = {
  dispatcher: [
    'expand:before-commit@1',
    'expand:after-commit@1',
    'hint:after-publish@2',
    'outbox:before-publish@3',
    'outbox:after-publish@3',
    'ingest:before-commit@2',
    'ingest:after-commit@2',
    'complete:before-commit@1',
  ],
  sender: [
    'guard:after-commit@3',
    'hand-over:before@5',
    'hand-over:after@5',
    'settle:before@4',
    'settle:after-commit@4',
  ],
} as const;

let stage: DrillStage;
const others = {} as Record<keyof typeof points, Worker>;
const fired: { point: string; signal: string | null; repeats: number }[] = [];

beforeAll(async () => {
  await build();
  stage = await openDrillStage(PEOPLE, 0);
}, 180_000);
afterAll(async () => {
  process.stdout.write(
    `${fired.map(({ point, signal, repeats }) => `${point}  ${signal}  ${repeats} repeats`).join('\n')}\n`,
  );
  await stage.close();
}, 60_000);

/** One process dies at its point in a campaign of its own; a fresh one, started afterwards, ends the campaign. */
async function crashAt(role: keyof typeof points, point: string) {
  const counterpart = role === 'sender' ? 'dispatcher' : 'sender';
  others[counterpart] ??= stage.worker(counterpart, counterpart, stage.provider);
  const doomed = stage.worker(role, `${role}-doomed`, stage.provider);
  if (!others[counterpart].isReady) await others[counterpart].start();
  await Promise.all([others[role]?.stop(), doomed.start({ CRASH_AT: point })]);
  const death = doomed.death();
  const campaign = await stage.campaigns.start();
  const signal = await death;
  others[role] ??= stage.worker(role, role, stage.provider);
  await others[role].start();
  const { differences, figures, ledger } = await stage.verdict(campaign);
  fired.push({ point, signal, repeats: figures.repeats });
  return { signal, differences, sent: ledger.filter((row) => row.disposition === 'sent').length, ...figures };
}

for (const [role, names] of Object.entries(points) as [keyof typeof points, readonly string[]][]) {
  test.each(names)(
    `a ${role} that dies at %s loses nobody and writes to nobody twice`,
    async (point) => {
      const result = await crashAt(role, point);
      expect(result).toMatchObject({ signal: 'SIGKILL', differences: [], sent: PEOPLE, accepted: PEOPLE, lost: 0 });
    },
    180_000,
  );
}

test('each point was passed and killed its process', () => {
  const names = [...points.dispatcher, ...points.sender];
  expect(fired.map(({ point, signal }) => [point, signal])).toEqual(names.map((name) => [name, 'SIGKILL']));
});
