import { buildExecution } from '../events/ledger-builder';
import { type GraphWorld, openGraphWorld } from '../graphql/graph-world';

let world: GraphWorld;
let token: string;
beforeAll(async () => {
  world = await openGraphWorld();
  token = await world.token('org-experiment');
});
afterAll(() => world?.close());

const ask = async (query: string) => {
  const { data, errors } = await world.post(token, query);
  expect(errors ?? []).toEqual([]);
  return data;
};

describe('comparing counts of any experiment', () => {
  const arm = (name: string, people: number, successes: number, more = '') =>
    `{ name: "${name}", people: ${people}, successes: ${successes} ${more} }`;
  const compare = (arms: string[], asked: string, confidence = '') =>
    ask(`{ compareArms(input: { arms: [${arms.join(', ')}] ${confidence} }) { ${asked} userErrors { code path } } }`);

  test('says of the published one what its own figures say', async () => {
    const arms = [
      arm('Mens E-Mail', 21_307, 3_894, ', weight: 1'),
      arm('Womens E-Mail', 21_387, 3_238, ', weight: 1'),
      arm('No E-Mail', 21_306, 2_262, ', weight: 1, isControl: true'),
    ];
    const { test: found, sampleRatio } = (
      await compare(
        arms,
        `sampleRatio { pValue mismatch } test { chiSquare arms { name probabilityBest interval { low high } }
           comparisons { name against difference pValue adjustedPValue alwaysValidPValue power peopleNeeded } }`,
      )
    ).compareArms;
    expect(found.chiSquare).toBeCloseTo(504.4607, 4);
    expect(sampleRatio.mismatch).toBe(false);
    expect(found.comparisons.map(({ name, against }: { name: string; against: string }) => [name, against])).toEqual([
      ['Mens E-Mail', 'No E-Mail'],
      ['Womens E-Mail', 'No E-Mail'],
    ]);
    expect(found.arms[0].probabilityBest).toBeCloseTo(1, 9);
    const [mens, womens] = found.comparisons;
    expect(mens.difference).toBeCloseTo(3_894 / 21_307 - 2_262 / 21_306, 12);
    // The larger of two p-values keeps its own, the smaller one is doubled.
    expect(womens.adjustedPValue).toBeCloseTo(womens.pValue, 12);
    expect(mens.alwaysValidPValue).toBeLessThan(0.001);
    expect(mens.power).toBeGreaterThan(0.999);
    expect(mens.peopleNeeded).toBeLessThan(1_000);
  });

  test('compares what people brought, where their squares are given', async () => {
    const values = (sum: number, squares: number) => `, valueSum: ${sum}, valueSumOfSquares: ${squares}`;
    const arms = [arm('A', 10, 5, values(50, 286)), arm('B', 12, 5, values(48, 291))];
    const { test: found } = (
      await compare(
        arms,
        'test { comparisons { value { difference t degreesOfFreedom pValue interval { low high } } } }',
      )
    ).compareArms;
    // B less A, with variances 4 and 9: t = -1 / sqrt(4 / 10 + 9 / 12).
    expect(found.comparisons[0].value.t).toBeCloseTo(-1 / Math.sqrt(0.4 + 0.75), 9);
  });

  test.each([1, 1e-100])('knows the degrees of freedom of values as small as %d', async (size) => {
    const value = `, valueSum: 0, valueSumOfSquares: ${size ** 2}`;
    const asked = 'test { comparisons { value { degreesOfFreedom } } }';
    const { test: found } = (await compare([arm('A', 10, 5, value), arm('B', 10, 5, value)], asked)).compareArms;
    expect(found.comparisons[0].value.degreesOfFreedom).toBeCloseTo(18, 9);
  });

  test('takes the square of 0.1 for 0.01, which numbers do not', async () => {
    const one = arm('A', 1, 1, ', valueSum: 0.1, valueSumOfSquares: 0.01');
    const { userErrors } = (await compare([one, arm('B', 1, 0)], 'test { goal }')).compareArms;
    expect(userErrors).toEqual([]);
  });

  test.each([
    ['arms', [arm('A', 1, 1)], ''],
    ['arms[1].successes', [arm('A', 9, 1), arm('B', 9, 10)], ''],
    ['arms[0].people', [arm('A', -1, 0), arm('B', 9, 1)], ''],
    ['arms[0].weight', [arm('A', 9, 1, ', weight: 0'), arm('B', 9, 1)], ''],
    ['arms[0].weight', [arm('A', 9, 1, ', weight: 1e308'), arm('B', 9, 1, ', weight: 1e308')], ''],
    ['arms[1].valueSumOfSquares', [arm('A', 9, 1), arm('B', 2, 1, ', valueSum: 4, valueSumOfSquares: 1')], ''],
    ['arms[1].valueSumOfSquares', [arm('A', 9, 1), arm('B', 2, 1, ', valueSum: 4')], ''],
    ['arms[0].valueSum', [arm('A', 9, 1, ', valueSumOfSquares: 4'), arm('B', 2, 1)], ''],
    ['arms[0].valueSum', [arm('A', 9, 1, ', valueSum: 1e308, valueSumOfSquares: 1e308'), arm('B', 2, 1)], ''],
    ['confidence', [arm('A', 9, 1), arm('B', 9, 1)], ', confidence: 1'],
  ])('refuses %s that cannot be, and says where', async (path, arms, confidence) => {
    const { compareArms } = await compare(arms, 'test { goal }', confidence);
    expect(compareArms).toEqual({ test: null, userErrors: [{ code: 'CAMPAIGN_EXPERIMENT_INVALID', path }] });
  });
});

describe('the sample size', () => {
  const people = async (input: string) =>
    (await ask(`{ sampleSize(input: { ${input} }) { peoplePerArm userErrors { path } } }`)).sampleSize;

  test('is what the textbooks say', async () => {
    expect(await people('baseline: 0.1, difference: 0.02')).toEqual({ peoplePerArm: 3_841, userErrors: [] });
  });

  test.each([
    ['baseline', 'baseline: 0, difference: 0.1'],
    ['difference', 'baseline: 0.1, difference: 0'],
    ['difference', 'baseline: 0.1, difference: -0.1'],
    ['difference', 'baseline: 0.1, difference: 0.0000001'],
    ['power', 'baseline: 0.1, difference: 0.1, power: 1'],
  ])('refuses %s in "%s"', async (path, input) => {
    expect(await people(input)).toEqual({ peoplePerArm: null, userErrors: [{ path }] });
  });
});

test('a campaign’s people are compared by what each brought in all of their orders together', async () => {
  const goals = [{ no: 1, eventType: 'order.completed', valueField: 'value', windowDays: 7 }];
  const built = await buildExecution(world.ledger, {
    name: 'orders',
    people: 8,
    organizationId: 'org-experiment',
    goals,
  });
  const order = (seq: number, event: string, value: number) =>
    world.ledger.query(
      `insert into campaign.outcome (exec_no, seq, goal, org_no, source, event_id, at, value)
       values ($1, $2, 1, $3, 'shop', $4, '2026-11-20T11:00:00Z', $5)`,
      [built.execNo, seq, built.orgNo, event, value],
    );
  const [first] = await world.ledger.query<{ seq: number; variant_no: number }>(
    'select seq, variant_no from campaign.message where exec_no = $1 order by variant_no, seq limit 1',
    [built.execNo],
  );
  await order(first?.seq ?? 0, 'one', 3);
  await order(first?.seq ?? 0, 'two', 4);
  const { experimentAnalysis } = await ask(
    '{ experimentAnalysis(campaignId: "cmp_orders") { tests { arms { people valuePerPerson } comparisons { value { t } } } } }',
  );
  const [{ arms, comparisons }] = experimentAnalysis.tests;
  expect(arms).toEqual([
    { people: 4, valuePerPerson: 1.75 },
    { people: 4, valuePerPerson: 0 },
  ]);
  // One person of four brought 7, the other arm nothing: t = -mean / sqrt(variance / 4) = -1.75 / 1.75.
  expect(comparisons[0].value.t).toBeCloseTo(-1, 9);
});

test('what writing to people changed is measured against held-out people who could have been written to', async () => {
  const goals = [{ no: 1, eventType: 'site.visit', windowDays: 7 }];
  const built = await buildExecution(world.ledger, {
    name: 'lift',
    people: 8,
    organizationId: 'org-experiment',
    goals,
  });
  // Held out: four, of whom one could not have been written to; he and one of the others came by themselves.
  await world.ledger.query(
    `with people as (
       insert into campaign.contact (org_no, external_id) select $1, 'spared-' || n from generate_series(1, 4) n
       returning contact_no, right(external_id, 1)::int as n
     ),
     rows as (
       insert into campaign.message (exec_no, seq, org_no, contact_no, judged_at, slot, channel, gate, disposition, eligible,
         outcome_mask)
       select $2, 100 + n, $1, contact_no, '2026-11-20T10:00:00Z', 1, 1, 2, 6, n <> 4, case when n in (1, 4) then 1 else 0 end
       from people
     )
     insert into campaign.message_exception (exec_no, reason, seq, org_no, at)
     select $2, 2, 100 + n, $1, '2026-11-20T10:00:00Z' from people`,
    [built.orgNo, built.execNo],
  );
  await world.ledger.query(
    `insert into campaign.counter (exec_no, variant_no, channel, goal, bucket, org_no, outcomes, opened, clicked)
     values ($1, 1, 1, 1, '2026-11-20T10:00:00Z', $2, 4, 0, 0), ($1, 1, 1, 0, '2026-11-20T10:01:00Z', $2, 0, 3, 1)`,
    [built.execNo, built.orgNo],
  );
  const { experimentAnalysis } = await ask(
    `{ experimentAnalysis(campaignId: "cmp_lift") {
       holdoutLift { goal treated { people successes } heldOut { people successes rate } difference incremental }
       opens { goal arms { successes } } clicks { goal arms { successes } } } }`,
  );
  const [lift] = experimentAnalysis.holdoutLift;
  expect(lift).toMatchObject({ goal: 'site.visit', treated: { people: 8, successes: 4 } });
  expect(lift.heldOut).toEqual({ people: 3, successes: 1, rate: 1 / 3 });
  expect(lift.difference).toBeCloseTo(4 / 8 - 1 / 3, 12);
  expect(lift.incremental).toBeCloseTo(8 * (4 / 8 - 1 / 3), 12);
  expect(experimentAnalysis.opens).toEqual({ goal: 'opened', arms: [{ successes: 3 }, { successes: 0 }] });
  expect(experimentAnalysis.clicks).toEqual({ goal: 'clicked', arms: [{ successes: 1 }, { successes: 0 }] });
});

test('whoever opens two messages of a start has opened once; of another start it is another opening', async () => {
  const built = await buildExecution(world.ledger, { name: 'several', people: 8, organizationId: 'org-experiment' });
  const later = await buildExecution(world.ledger, { name: 'later', people: 8, organizationId: 'org-experiment' });
  // The later start of the same campaign used the first channel that takes somebody.
  await world.ledger.query(
    'update campaign.execution set campaign_no = $2, occurrence = $3, round = 1 where exec_no = $1',
    [later.execNo, built.campaignNo, 'later'],
  );
  await world.ledger.query(
    `update campaign.execution set plan = plan || '{"channelStrategy": "ALL", "channels": ["email", "sms"]}' where exec_no = $1`,
    [built.execNo],
  );
  await world.ledger.query(
    `insert into campaign.counter (exec_no, variant_no, channel, goal, bucket, org_no, opened, people_opened, clicked)
     values ($1, 1, 1, 0, '2026-11-20T10:01:00Z', $3, 3, 4, 0), ($1, 1, 2, 0, '2026-11-20T10:01:00Z', $3, 3, 0, 0),
       ($2, 1, 1, 0, '2026-11-20T10:01:00Z', $3, 2, 0, 1)`,
    [built.execNo, later.execNo, built.orgNo],
  );
  const { experimentAnalysis, campaignMetrics } = await ask(
    `{ experimentAnalysis(campaignId: "cmp_several") { opens { arms { people successes } } clicks { arms { successes } } }
       campaignMetrics(campaignId: "cmp_several") { metrics { opened } } }`,
  );
  expect(experimentAnalysis.opens.arms).toMatchObject([{ people: 8, successes: 6 }, { successes: 0 }]);
  expect(experimentAnalysis.clicks.arms).toMatchObject([{ successes: 1 }, { successes: 0 }]);
  expect(campaignMetrics.metrics.opened).toBe(8);
});
