import { defaultFields } from '../../src/campaign/campaign-fields';
import { ExecutionFactsCache } from '../../src/events/execution-facts';
import type { LocatedReceipt } from '../../src/events/ingest-context';
import { applyReceipts } from '../../src/events/ingest-receipts';
import { testEngagement } from '../../src/experiment/analysis';
import type { Experiment } from '../../src/experiment/experiment';
import { rolledOutOf } from '../../src/experiment/rolled-out';
import { metricsByArm, readTallies } from '../../src/metrics/metrics-reader';
import { CHANNEL, type ChannelKind } from '../../src/shared/ledger-codes';
import { experimentStateOf } from '../../src/winner/winner-state';
import { email } from '../campaign/campaign-world';
import { quietLog } from '../events/own-nats-server';
import { openRolloutWorld, type RolloutWorld, type Run } from './rollout-world';

const MINUTE = 60_000;
let world: RolloutWorld;
beforeAll(async () => {
  world = await openRolloutWorld(1_200);
});
afterAll(() => world.close());

const variants = ['A', 'B'].map((name) => ({
  name,
  allocation: 50,
  channels: [email(name), { kind: 'sms' as const, content: { body: name } }],
}));
const fields = { delivery: { ...defaultFields.delivery, channelStrategy: 'ALL' as const } };
const start = (experiment: Partial<Experiment>) => world.start({ minimumPerArm: 100, ...experiment }, variants, fields);

interface Opening {
  readonly arm: number;
  readonly people: number;
  readonly by: readonly ChannelKind[];
  readonly kind?: 'opened' | 'clicked';
  readonly phase?: number;
}

/** So many people of an arm open their messages on these channels. */
async function open({ execNo }: Run, { arm, people, by, kind = 'opened', phase = 0 }: Opening): Promise<void> {
  const { dispatcher } = world.database;
  const rows = await dispatcher.query<{ seq: number; org_no: number }>(
    `select m.seq, m.org_no from campaign.message m where m.exec_no = $1 and m.channel = any($3::int[]) and m.contact_no in (
       select distinct contact_no from campaign.message where exec_no = $1 and variant_no = $2 and phase = $5
       order by contact_no limit $4)`,
    [execNo, arm, by.map((channel) => CHANNEL[channel]), people, phase],
  );
  const receipts = rows.map(
    ({ seq, org_no: orgNo }): LocatedReceipt => ({
      ...{ execNo, orgNo, seq, attempt: 1, kind, at: world.now.getTime(), machine: false },
      ...{ organizationId: 'rollout', hard: false, link: null, detail: null },
    }),
  );
  const context = {
    ...{ clock: () => world.now, log: quietLog, executions: new ExecutionFactsCache(), publishes: () => false },
    ...{ maxAttempts: 3, softBounceBackoffMs: [1_000] },
  };
  await dispatcher.transaction((tx) => applyReceipts(tx, receipts, context));
}

async function winnerOf({ campaignId }: Run) {
  const sql = 'select winner from campaign.campaign where id = $1';
  const [row] = await world.database.dispatcher.query<{ winner: object | null }>(sql, [campaignId]);
  return row?.winner;
}

/** What the analysis compares. */
async function opensOf({ campaignId }: Run) {
  const sql = 'select campaign_no as no from campaign.campaign where id = $1';
  const [row] = await world.database.dispatcher.query<{ no: number }>(sql, [campaignId]);
  const no = row?.no ?? 0;
  return world.scope.read(async (tx) => {
    const tally = (await readTallies(tx, { of: 'campaign', numbers: [no], counting: 'people' })).get(no);
    const waited = (await rolledOutOf.read(tx, [no], world.scope)).get(String(no)) ?? [];
    const state = (await experimentStateOf.read(tx, [no], world.scope)).get(String(no));
    if (!tally) throw new Error('nothing was counted');
    const arms = metricsByArm({ ...tally, cells: [...tally.cells, ...waited] });
    return { opens: testEngagement(arms, 'opened').arms, state: state?.automaticWinner };
  });
}

test('whoever opens two messages does not win for being two', async () => {
  const run = await start({ metric: 'OPEN', automaticWinner: true });
  await world.deliver(run);
  // 150 messages by 75 people, against 110 by as many.
  await open(run, { arm: 1, people: 75, by: ['email', 'sms'] });
  await open(run, { arm: 2, people: 110, by: ['sms'] });
  const { opens, state } = await opensOf(run);
  expect(opens.map(({ successes }) => successes)).toEqual([75, 110]);
  expect(state).toBe('NOT_SIGNIFICANT');
  expect(await world.decide()).toEqual([]);
  await open(run, { arm: 2, people: 200, by: ['email', 'sms'] });
  expect((await opensOf(run)).state).toBe('READY');
  expect(await world.decide()).toEqual([run.campaignId]);
  expect(await winnerOf(run)).toMatchObject({ reason: 'SIGNIFICANT', variantNo: 2, metric: 'OPEN' });
  expect(await world.differences(run.execNo)).toEqual([]);
});

test('a minimum of people is not met by half of them with two messages each', async () => {
  const run = await start({ metric: 'CLICK', automaticWinner: true, minimumPerArm: 700 });
  await world.deliver(run);
  await open(run, { arm: 2, people: 300, by: ['sms'], kind: 'clicked' });
  expect((await opensOf(run)).state).toBe('TOO_FEW_PEOPLE');
  expect(await world.decide()).toEqual([]);
});

test('a test ends by the people who clicked, and those who got its winner are not compared', async () => {
  const run = await start({ mode: 'TEST_THEN_ROLLOUT', metric: 'CLICK', testMinutes: 10 });
  await world.deliver(run);
  await open(run, { arm: 1, people: 30, by: ['email', 'sms'], kind: 'clicked' });
  await open(run, { arm: 2, people: 40, by: ['email'], kind: 'clicked' });
  await open(run, { arm: 2, people: 25, by: ['sms', 'email'] });
  world.pass(11 * MINUTE);
  expect(await world.decide()).toEqual([run.campaignId]);
  expect(await winnerOf(run)).toMatchObject({ reason: 'BEST_SO_FAR', variantNo: 2 });
  await world.deliver(run);
  await open(run, { arm: 2, people: 200, by: ['sms', 'email'], phase: 1 });
  expect((await opensOf(run)).opens.map(({ successes }) => successes)).toEqual([0, 25]);
  expect(await world.differences(run.execNo)).toEqual([]);
});

test('a bandit goes by people, too', async () => {
  const run = await start({ mode: 'BANDIT', metric: 'OPEN', batches: 4, batchMinutes: 60, floorHundredths: 500 });
  await world.deliver(run);
  await open(run, { arm: 1, people: 40, by: ['email', 'sms'], phase: 1 });
  await open(run, { arm: 2, people: 70, by: ['sms'], phase: 1 });
  world.pass(59.95 * MINUTE);
  await world.decide();
  const [epoch] = await world.database.dispatcher.query<{ weights: { no: number; weight: number }[] }>(
    'select weights from campaign.allocation_epoch where exec_no = $1 and epoch = 2',
    [run.execNo],
  );
  expect(epoch?.weights.find(({ no }) => no === 2)?.weight).toBeGreaterThan(9_000);
});
