import { applyOutcomes, type LocatedOutcomeEvent } from '../../src/events/outcomes';
import { splitOf } from '../../src/experiment/analysis';
import { rolledOutOf } from '../../src/experiment/rolled-out';
import { metricsByArm, readTallies } from '../../src/metrics/metrics-reader';
import { declareWinner } from '../../src/winner/declare-winner';
import { openRolloutWorld, type RolloutWorld, type Run } from './rollout-world';

const MINUTE = 60_000;

let world: RolloutWorld;
let run: Run;
beforeAll(async () => {
  world = await openRolloutWorld(1_500);
  run = await world.start({ mode: 'TEST_THEN_ROLLOUT', metric: 'CONVERSION' }, undefined, {
    conversionGoals: [{ eventType: 'order.completed', valueField: 'value', windowDays: 7 }],
  });
  await world.deliver(run);
});
afterAll(() => world.close());

/** Somebody of the phase buys something now; one person for each number. */
async function buy(phase: number, people: number, eventId: string) {
  const { dispatcher } = world.database;
  const rows = await dispatcher.query<{ external_id: string }>(
    `select c.external_id from campaign.message m join campaign.contact c using (contact_no)
     where m.exec_no = $1 and m.phase = $2 order by m.seq limit $3`,
    [run.execNo, phase, people],
  );
  const events = rows.map(
    ({ external_id: externalId }, n): LocatedOutcomeEvent => ({
      organizationId: 'rollout',
      orgNo: world.scope.viewer.organizationNo,
      source: 'shop',
      eventId: `${eventId}-${n}`,
      eventType: 'order.completed',
      externalId,
      at: world.now.getTime(),
      amounts: { value: '12.0000' },
      currency: 'EUR',
    }),
  );
  const applied = await dispatcher.transaction((tx) => applyOutcomes(tx, events, world.now));
  // An uneven draw was cancelled and drawn again: whoever had a variant in it buys there, too.
  return { ...applied, execNos: applied.execNos.filter((execNo) => execNo === run.execNo) };
}

const outcomes = async (): Promise<{ phase: number; n: number }[]> =>
  world.database.dispatcher.query(
    `select m.phase, count(*)::int as n from campaign.outcome o join campaign.message m using (exec_no, seq)
     where o.exec_no = $1 group by 1 order by 1`,
    [run.execNo],
  );

test('what people do while they wait for a variant is no outcome, and waits for nothing', async () => {
  world.pass(MINUTE);
  expect(await buy(0, 10, 'tested')).toMatchObject({ waiting: [] });
  expect(await buy(1, 10, 'early')).toMatchObject({ waiting: [], execNos: [] });
  expect(await outcomes()).toEqual([{ phase: 0, n: 10 }]);
  expect(await world.differences(run.execNo)).toEqual([]);
});

test('with an epoch in force it may follow a claim that is not committed yet: it is looked at again', async () => {
  const variantId = run.plan.variants[0]?.id ?? '';
  await declareWinner(world.scope, { id: run.campaignId, variantId });
  world.pass(MINUTE);
  expect((await buy(1, 10, 'perhaps')).waiting).toHaveLength(10);
  await world.deliver(run);
  // Before the claim still, as events go: nobody looks at them any more.
  expect(await outcomes()).toEqual([{ phase: 0, n: 10 }]);
});

test('after the claim it is one, of the winner; the comparison counts the people of the test alone', async () => {
  world.pass(MINUTE);
  expect(await buy(1, 25, 'after')).toMatchObject({ waiting: [], execNos: [run.execNo] });
  expect(await outcomes()).toEqual([
    { phase: 0, n: 10 },
    { phase: 1, n: 25 },
  ]);
  expect(await world.differences(run.execNo)).toEqual([]);

  const [campaign] = await world.database.dispatcher.query<{ no: number }>(
    'select campaign_no as no from campaign.campaign where id = $1',
    [run.campaignId],
  );
  const no = campaign?.no ?? 0;
  const { tally, waited } = await world.scope.read(async (tx) => ({
    tally: (await readTallies(tx, { of: 'campaign', numbers: [no] })).get(no),
    waited: (await rolledOutOf.read(tx, [no], world.scope)).get(String(no)),
  }));
  if (!tally || !waited) throw new Error('nothing was counted');
  const everybody = metricsByArm(tally);
  const tested = metricsByArm({ ...tally, cells: [...tally.cells, ...waited] });
  const rows = await world.rows(run.execNo);
  const people = (phases: readonly number[]) =>
    [1, 2].map((arm) => rows.filter((row) => row.variant_no === arm && phases.includes(row.phase)).length);
  expect(everybody.map(({ metrics }) => metrics.eligible)).toEqual(people([0, 1]));
  expect(tested.map(({ metrics }) => metrics.eligible)).toEqual(people([0]));
  expect(tested.map(({ metrics }) => metrics.sent)).toEqual(people([0]));
  const sum = (arms: typeof tested) =>
    arms.reduce((total, { metrics }) => total + (metrics.outcomes[0]?.people ?? 0), 0);
  expect([sum(everybody), sum(tested)]).toEqual([35, 10]);
  expect(splitOf(everybody)?.mismatch).toBe(true);
  expect(splitOf(tested)?.mismatch).toBe(false);
});
