import { cancelCampaign } from '../../src/campaign/change-status';
import { applyOutcomes, type LocatedOutcomeEvent } from '../../src/events/outcomes';
import { experimentStateOf } from '../../src/winner/winner-state';
import { email } from '../campaign/campaign-world';
import { openRolloutWorld, type RolloutWorld, type Run } from './rollout-world';

const MINUTE = 60_000;
const DAY = 86_400_000;

let world: RolloutWorld;
beforeAll(async () => {
  world = await openRolloutWorld(1_200);
});
afterAll(() => world.close());

const goals = { conversionGoals: [{ eventType: 'order.completed', valueField: 'value', windowDays: 7 }] };

/** So many of a variant's people order for as much, in one order or in two. */
async function order(run: Run, variantNo: number, people: number, value: string): Promise<void> {
  const { dispatcher } = world.database;
  const rows = await dispatcher.query<{ external_id: string }>(
    `select c.external_id from campaign.message m join campaign.contact c using (contact_no)
     where m.exec_no = $1 and m.variant_no = $2 order by m.seq limit $3`,
    [run.execNo, variantNo, people],
  );
  const events = rows.map(
    ({ external_id: externalId }, n): LocatedOutcomeEvent => ({
      organizationId: 'rollout',
      orgNo: world.scope.viewer.organizationNo,
      source: 'shop',
      eventId: `${run.execNo}-${variantNo}-${n}`,
      eventType: 'order.completed',
      externalId,
      at: world.now.getTime(),
      amounts: { value },
      currency: 'EUR',
    }),
  );
  await dispatcher.transaction((tx) => applyOutcomes(tx, events, world.now));
}

const winnerOf = async ({ campaignId }: Run) => {
  const [row] = await world.database.dispatcher.query<{ winner: object | null; status: string }>(
    'select winner, status from campaign.campaign where id = $1',
    [campaignId],
  );
  return row;
};

/** What a reader of the analysis is told. */
async function stateOf({ campaignId }: Run) {
  const sql = 'select campaign_no as no from campaign.campaign where id = $1';
  const [row] = await world.database.dispatcher.query<{ no: number }>(sql, [campaignId]);
  const no = row?.no ?? 0;
  const states = await world.scope.read((tx) => experimentStateOf.read(tx, [no], world.scope));
  return states.get(String(no))?.automaticWinner;
}

test('outcomes that come after the last message still make a winner, by what each person brought', async () => {
  const run = await world.start({ metric: 'REVENUE', automaticWinner: true, minimumPerArm: 100 }, undefined, goals);
  await world.deliver(run);
  await world.sweep();
  expect(await winnerOf(run)).toMatchObject({ status: 'completed', winner: null });
  world.pass(MINUTE);
  // As many buy, some for more.
  await order(run, 1, 150, '10.0000');
  await order(run, 2, 150, '40.0000');
  expect(await world.decide()).toEqual([run.campaignId]);
  expect(await winnerOf(run)).toMatchObject({
    status: 'completed',
    winner: { reason: 'SIGNIFICANT', variantNo: 2, metric: 'REVENUE' },
  });
  expect(await world.decide()).toEqual([]);
  expect(await world.differences(run.execNo)).toEqual([]);
});

test('a control that does better than what is sent has no arm win', async () => {
  const run = await world.start(
    { metric: 'CONVERSION', automaticWinner: true, minimumPerArm: 100 },
    [
      { name: 'A', allocation: 40, channels: [email('A')] },
      { name: 'B', allocation: 30, channels: [email('B')] },
      { name: 'None', allocation: 30, isControl: true },
    ],
    goals,
  );
  await world.deliver(run);
  world.pass(MINUTE);
  await order(run, 1, 200, '1.0000');
  await order(run, 3, 300, '1.0000');
  expect(await world.decide()).toEqual([]);
  expect(await winnerOf(run)).toMatchObject({ winner: null });
});

test('machines that open and click make no winner', async () => {
  const run = await world.start({ metric: 'OPEN', automaticWinner: true, minimumPerArm: 100 });
  await world.deliver(run);
  await world.database.dispatcher.query(
    `update campaign.counter set opened_machine = 500, opens = 900, clicked_machine = 500
     where exec_no = $1 and variant_no = 2 and sent > 0`,
    [run.execNo],
  );
  expect(await world.decide()).toEqual([]);
});

test('an arm that nobody was to get holds up no winner', async () => {
  const run = await world.start({ metric: 'OPEN', automaticWinner: true, minimumPerArm: 100 }, [
    { name: 'A', allocation: 50, channels: [email('A')] },
    { name: 'B', allocation: 50, channels: [email('B')] },
    { name: 'C', allocation: 0, channels: [email('C')] },
  ]);
  await world.deliver(run);
  await world.open(run.execNo, 1, 20);
  await world.open(run.execNo, 2, 200);
  expect(await world.decide()).toEqual([run.campaignId]);
  expect(await winnerOf(run)).toMatchObject({ winner: { variantNo: 2 } });
});

test('an experiment that nobody can decide any more is not looked at for ever', async () => {
  const run = await world.start({ metric: 'OPEN', automaticWinner: true, minimumPerArm: 100 });
  await world.deliver(run);
  await world.sweep();
  world.pass(40 * DAY);
  await world.open(run.execNo, 2, 300);
  expect(await world.decide()).toEqual([]);
});

test.each(['cancelled', 'draft'])('a campaign that is %s since its last start is left alone', async (status) => {
  const run = await world.start({ metric: 'OPEN', automaticWinner: true, minimumPerArm: 100 });
  await world.deliver(run);
  await world.sweep();
  await world.open(run.execNo, 2, 300);
  // As a recurring one that was cancelled, or taken off its calendar, between two occurrences.
  await world.database.dispatcher.query('update campaign.campaign set status = $2 where id = $1', [
    run.campaignId,
    status,
  ]);
  expect(await stateOf(run)).toBe('OFF');
  expect(await world.decide()).toEqual([]);
});

test('a winner that nobody will declare any more is not said to be ready', async () => {
  const run = await world.start({ metric: 'OPEN', automaticWinner: true, minimumPerArm: 100 });
  await world.deliver(run);
  await world.open(run.execNo, 2, 300);
  expect(await stateOf(run)).toBe('READY');
  await cancelCampaign(world.scope, { id: run.campaignId }, 'enough');
  expect(await stateOf(run)).toBe('OFF');
});
