import { cancelCampaign, pauseCampaign, resumeCampaign } from '../../src/campaign/change-status';
import { startCampaign } from '../../src/campaign/start-campaign';
import { variantChoiceOf } from '../../src/delivery/variant-choice';
import { expandStep } from '../../src/dispatch/expand';
import { cancelChunk, findCancelledChunks } from '../../src/dispatch/sweep';
import { retryFailed } from '../../src/execution/retry-failed';
import { defaultExperiment } from '../../src/experiment/experiment';
import { planLaunch } from '../../src/launch-plan/launch-plan';
import { updateOrganizationSettings } from '../../src/organization/organization-service';
import { hashBucket } from '../../src/shared/hash-bucket';
import { declareWinner } from '../../src/winner/declare-winner';
import { createReady, email } from '../campaign/campaign-world';
import { guard, openChunks } from '../delivery/delivery-world';
import { arms, openRolloutWorld, type RolloutWorld, type Row, type Run } from './rollout-world';

const PEOPLE = 2_000;
const MINUTE = 60_000;
const HOURS_4 = 240 * MINUTE;

let world: RolloutWorld;
beforeAll(async () => {
  world = await openRolloutWorld(PEOPLE);
});
afterAll(() => world.close());

const rollout = { mode: 'TEST_THEN_ROLLOUT', metric: 'OPEN' } as const;
const by = (rows: readonly Row[]) =>
  Object.fromEntries(
    [...Map.groupBy(rows, ({ phase, variant_no, disposition }) => `${phase} ${variant_no} ${disposition}`)]
      .map(([key, some]): [string, number] => [key, some.length])
      .sort(),
  );
const variantOf = (run: Run, no: number): string => run.plan.variants.find((one) => one.no === no)?.id ?? '';
const decisionOf = async ({ execNo, campaignId }: Run) => {
  const [row] = await world.database.dispatcher.query<{
    decision: object | null;
    winner: object | null;
    status: string;
  }>(
    `select e.decision, c.winner, e.status from campaign.execution e join campaign.campaign c using (campaign_no)
     where e.exec_no = $1 and c.id = $2`,
    [execNo, campaignId],
  );
  return row;
};

test('a test goes to its sample alone; the winner goes to all the rest at once, and every step balances', async () => {
  const run = await world.start(rollout);
  const drawn = await world.rows(run.execNo);
  const inTest = drawn.filter(({ phase }) => phase === 0);
  expect(drawn).toHaveLength(PEOPLE);
  // A fifth of the audience, by the draw named `test:`.
  const [people] = [
    await world.database.dispatcher.query<{ contact_no: number; external_id: string }>(
      'select contact_no, external_id from campaign.contact',
    ),
  ];
  const ids = new Map(people.map(({ contact_no: no, external_id: id }) => [no, id]));
  for (const { contact_no: no, phase, variant_no: variant } of drawn) {
    const waits = hashBucket(`test:${run.campaignId}:`, ids.get(no) ?? '') >= 2_000;
    expect([phase, variant === null]).toEqual([waits ? 1 : 0, waits]);
  }
  expect(await world.differences(run.execNo)).toEqual([]);

  expect(await world.deliver(run)).toBe(inTest.length);
  expect(await world.differences(run.execNo)).toEqual([]);
  await world.sweep();
  expect((await decisionOf(run))?.status).toBe('running');

  await declareWinner(world.scope, { id: run.campaignId, variantId: variantOf(run, 2) });
  expect(await world.differences(run.execNo)).toEqual([]);
  expect(await world.deliver(run)).toBe(PEOPLE - inTest.length);
  expect(await world.differences(run.execNo)).toEqual([]);
  const after = await world.rows(run.execNo);
  expect(after.filter(({ phase }) => phase === 1).every(({ variant_no: no }) => no === 2)).toBe(true);
  const kept = ({ seq, variant_no: no }: Row) => [seq, no];
  expect(after.filter(({ phase }) => phase === 0).map(kept)).toEqual(inTest.map(kept));
  await world.sweep();
  expect(await decisionOf(run)).toMatchObject({
    status: 'completed',
    decision: { reason: 'MANUAL', variantNo: 2, decidedBy: 'usr_ada' },
    winner: { variantId: variantOf(run, 2) },
  });
});

test('nobody who waits is claimed before there is an epoch, though a chunk be due', async () => {
  const run = await world.start(rollout);
  await world.deliver(run);
  world.pass(HOURS_4);
  const [ref] = await openChunks(world, run.execNo);
  if (!ref) throw new Error('no chunk is due');
  expect(await guard(world, ref, { choice: variantChoiceOf(run.plan) })).toBeUndefined();
  expect(await world.differences(run.execNo)).toEqual([]);
  await world.decide();
  expect(await world.deliver(run)).toBeGreaterThan(1_500);
});

test('when its time is over without a winner, the best so far goes to the rest, never a control', async () => {
  const variants = [
    { name: 'A', allocation: 40, channels: [email('A')] },
    { name: 'None', allocation: 20, isControl: true },
    { name: 'B', allocation: 40, channels: [email('B')] },
  ];
  const run = await world.start(rollout, variants);
  await world.deliver(run);
  await world.open(run.execNo, 1, 5);
  await world.open(run.execNo, 3, 9);
  world.pass(HOURS_4 - 1);
  expect(await world.decide()).not.toContain(run.campaignId);
  world.pass(1);
  expect(await world.decide()).toContain(run.campaignId);
  expect(await world.decide()).not.toContain(run.campaignId);
  expect(await decisionOf(run)).toMatchObject({ decision: { reason: 'BEST_SO_FAR', variantNo: 3, logP: null } });
  await world.deliver(run);
  const waited = (await world.rows(run.execNo)).filter(({ phase }) => phase === 1);
  expect(by(waited)).toEqual({ '1 3 sent': waited.length });
  expect(await world.differences(run.execNo)).toEqual([]);
});

test('or the rest is divided among those that send, as the campaign wishes', async () => {
  const run = await world.start({ ...rollout, ifUndecided: 'SPLIT' }, [
    { name: 'A', allocation: 75, channels: [email('A')] },
    { name: 'B', allocation: 25, channels: [email('B')] },
  ]);
  await world.deliver(run);
  world.pass(HOURS_4);
  await world.decide();
  expect(await decisionOf(run)).toMatchObject({ decision: { reason: 'SPLIT', variantId: null }, winner: null });
  const waiting = (await world.rows(run.execNo)).filter(({ phase }) => phase === 1).length;
  await world.deliver(run);
  const first = (await world.rows(run.execNo)).filter(({ phase, variant_no: no }) => phase === 1 && no === 1).length;
  expect(Math.abs(first - 0.75 * waiting)).toBeLessThan(5 * Math.sqrt(waiting * 0.75 * 0.25));
  expect(await world.differences(run.execNo)).toEqual([]);
});

test('a difference beyond chance ends the test before its time; the event and the audit name the winner', async () => {
  const run = await world.start({ ...rollout, automaticWinner: true, minimumPerArm: 100, testSampleHundredths: 4_000 });
  expect(await world.decide()).not.toContain(run.campaignId);
  await world.deliver(run);
  await world.open(run.execNo, 1, 40);
  await world.open(run.execNo, 2, 45);
  expect(await world.decide()).not.toContain(run.campaignId);
  await world.open(run.execNo, 2, 155);
  expect(await world.decide()).toContain(run.campaignId);
  expect(await decisionOf(run)).toMatchObject({
    decision: { reason: 'SIGNIFICANT', variantNo: 2, metric: 'OPEN', decidedBy: 'experiments' },
  });
  const [event] = await world.database.dispatcher.query<{ payload: object }>(
    `select payload from campaign.outbox where kind = 'campaign.winner.declared' and exec_no = $1`,
    [run.execNo],
  );
  expect(event?.payload).toMatchObject({
    campaignId: run.campaignId,
    executionId: run.executionId,
    variantId: variantOf(run, 2),
    reason: 'SIGNIFICANT',
  });
  const audit = await world.database.dispatcher.query<{ actor: string; changes: object }>(
    `select actor, changes from campaign.audit_entry where object_id = $1 and action = 'declareWinner'`,
    [run.campaignId],
  );
  expect(audit).toHaveLength(1);
  expect(JSON.stringify(audit)).toContain(variantOf(run, 2));
  await world.deliver(run);
  expect(await world.differences(run.execNo)).toEqual([]);
});

test('a broken split blocks an automatic winner, and at the end of the test the rest is divided', async () => {
  const run = await world.start({ ...rollout, automaticWinner: true, minimumPerArm: 100, testSampleHundredths: 4_000 });
  await world.deliver(run);
  await world.open(run.execNo, 2, 200);
  // Some people of one arm are gone for a reason.
  await world.database.dispatcher.query(
    `update campaign.counter set people = people - 250 where exec_no = $1 and variant_no = 1 and people > 250`,
    [run.execNo],
  );
  expect(await world.decide()).not.toContain(run.campaignId);
  world.pass(HOURS_4);
  await world.decide();
  expect(await decisionOf(run)).toMatchObject({ decision: { reason: 'SAMPLE_RATIO_MISMATCH', variantId: null } });
});

test('a pause lengthens the test by as long; a resume sends nothing of the rest before its time', async () => {
  const run = await world.start(rollout);
  await world.deliver(run);
  world.pass(HOURS_4 / 2);
  await pauseCampaign(world.scope, { id: run.campaignId });
  world.pass(10 * HOURS_4);
  expect(await world.decide()).not.toContain(run.campaignId);
  await resumeCampaign(world.scope, { id: run.campaignId });
  world.pass(HOURS_4 / 2 - 1);
  expect(await world.decide()).not.toContain(run.campaignId);
  expect(await world.deliver(run)).toBe(0);
  world.pass(1);
  await world.decide();
  expect(await world.deliver(run)).toBeGreaterThan(1_500);
  expect(await world.differences(run.execNo)).toEqual([]);
});

test.each([
  ['TEST_THEN_ROLLOUT', 1, 0],
  ['TEST_THEN_ROLLOUT', 30, 1],
  ['TEST_THEN_ROLLOUT', 24 * 60 + 30, 2],
  ['BANDIT', 30, 0],
  ['BANDIT', 47 * 60, 2],
] as const)(
  '%s: a pause of %i minutes puts off those who wait for their variant by %i whole days where each has a time of day',
  async (mode, minutes, days) => {
    // Everybody's is five minutes past the end of the test.
    const at = new Date(world.now.getTime() + HOURS_4 + 5 * MINUTE).toISOString().slice(11, 16);
    const run = await world.start({ ...rollout, mode }, undefined, { localTime: { at, ifPast: 'NEXT_DAY' } });
    const due = async () =>
      (
        await world.database.dispatcher.query<{ due_at: Date }>(
          'select distinct due_at from campaign.chunk where exec_no = $1 and phase = 1 order by 1',
          [run.execNo],
        )
      ).map(({ due_at }) => due_at.getTime());
    const before = await due();
    await pauseCampaign(world.scope, { id: run.campaignId });
    world.pass(minutes * MINUTE);
    await resumeCampaign(world.scope, { id: run.campaignId });
    expect(await due()).toEqual(before.map((time) => time + days * 24 * 60 * MINUTE));
  },
);

test('a winner declared during a pause goes out after it', async () => {
  const run = await world.start(rollout);
  await world.deliver(run);
  await pauseCampaign(world.scope, { id: run.campaignId });
  world.pass(MINUTE);
  await declareWinner(world.scope, { id: run.campaignId, variantId: variantOf(run, 1) });
  expect(await world.deliver(run)).toBe(0);
  world.pass(10 * HOURS_4);
  await resumeCampaign(world.scope, { id: run.campaignId });
  // A resume makes due by the database's clock, which is not the test's.
  const waiting = await world.database.dispatcher.query<{ now: boolean }>(
    `select abs(extract(epoch from due_at - statement_timestamp())) < 60 as now from campaign.chunk
     where exec_no = $1 and state = 0`,
    [run.execNo],
  );
  expect(new Set(waiting.map(({ now }) => now))).toEqual(new Set([true]));
  await world.database.dispatcher.query('update campaign.chunk set due_at = $2 where exec_no = $1 and state = 0', [
    run.execNo,
    world.now,
  ]);
  expect(await world.deliver(run)).toBeGreaterThan(1_500);
  expect(await world.differences(run.execNo)).toEqual([]);
});

test('a cancellation cancels those who wait, without a variant', async () => {
  const run = await world.start(rollout);
  await world.deliver(run);
  await cancelCampaign(world.scope, { id: run.campaignId }, 'enough');
  for (const chunk of await findCancelledChunks(world.database.dispatcher, world.now))
    await cancelChunk(world.database.dispatcher, chunk, world.now);
  const waited = (await world.rows(run.execNo)).filter(({ phase }) => phase === 1);
  expect(by(waited)).toEqual({ '1 null cancelled': waited.length });
  expect(await world.differences(run.execNo)).toEqual([]);
});

test('what failed is sent again with the variant that it had', async () => {
  const run = await world.start(rollout);
  await world.deliver(run);
  await declareWinner(world.scope, { id: run.campaignId, variantId: variantOf(run, 2) });
  const failed = await world.deliver(run, 'failed');
  await world.sweep();
  await retryFailed(world.scope, run.executionId);
  expect(await world.deliver(run)).toBe(failed);
  expect(by((await world.rows(run.execNo)).filter(({ phase }) => phase === 1))).toEqual({ '1 2 sent': failed });
  expect(await world.differences(run.execNo)).toEqual([]);
});

test('who is judged after the winner was declared gets it at once', async () => {
  const run = await world.start(rollout, undefined, {}, { expanded: false });
  await expandStep(world.database.dispatcher, { execNo: run.execNo, now: world.now, batch: 700, chunkSize: 100 });
  await world.deliver(run);
  await declareWinner(world.scope, { id: run.campaignId, variantId: variantOf(run, 1) });
  expect(await world.differences(run.execNo)).toEqual([]);
  await world.expand(run.execNo);
  await world.deliver(run);
  const rows = await world.rows(run.execNo);
  expect(rows.filter(({ disposition }) => disposition === 'sent')).toHaveLength(PEOPLE);
  expect(by(rows.filter(({ phase }) => phase === 1))).toEqual({ '1 1 sent': expect.any(Number) });
  expect(await world.differences(run.execNo)).toEqual([]);
});

test('the clock of those who waited starts at their claim', async () => {
  const run = await world.start(rollout);
  const started = world.now;
  world.pass(90 * MINUTE);
  await declareWinner(world.scope, { id: run.campaignId, variantId: variantOf(run, 1) });
  await world.deliver(run);
  const rows = await world.rows(run.execNo);
  expect(rows.filter(({ phase }) => phase === 1).every(({ judged_at: at }) => at > started)).toBe(true);
  expect(rows.filter(({ phase }) => phase === 0).every(({ judged_at: at }) => at <= started)).toBe(true);
});

test('a slice that two senders reach for is claimed once, by one epoch, also while the winner is being declared', async () => {
  const run = await world.start({ ...rollout, ifUndecided: 'SPLIT' });
  await world.deliver(run);
  world.pass(HOURS_4);
  const choice = variantChoiceOf(run.plan);
  const refs = await openChunks(world, run.execNo);
  const claims = refs.flatMap((ref) => [guard(world, ref, { choice }), guard(world, ref, { choice })]);
  const [, ...slices] = await Promise.all([
    declareWinner(world.scope, { id: run.campaignId, variantId: variantOf(run, 2) }),
    ...claims,
  ]);
  const claimed = slices.flatMap((slice) => slice?.messages ?? []);
  expect(new Set(claimed.map(({ seq }) => seq)).size).toBe(claimed.length);
  expect(claimed.every(({ variant_no: no }) => no === 2)).toBe(true);
  expect(await world.differences(run.execNo)).toEqual([]);
});

test('a winner is declared once, for a variant that sends, by the present version', async () => {
  const run = await world.start(rollout, [
    { name: 'A', allocation: 40, channels: [email('A')] },
    { name: 'B', allocation: 40, channels: [email('B')] },
    { name: 'None', allocation: 20, isControl: true },
  ]);
  const id = run.campaignId;
  const declare = (no: number, version?: number) =>
    declareWinner(world.scope, { id, variantId: variantOf(run, no), ...(version && { version }) });
  await expect(declare(3)).rejects.toMatchObject({ code: 'CAMPAIGN_INVALID_VARIANT', path: 'variantId' });
  await expect(declare(9)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(declare(1, 1)).rejects.toMatchObject({ code: 'CONFLICT' });
  await declare(1);
  await expect(declare(2)).rejects.toMatchObject({ code: 'CAMPAIGN_WINNER_DECLARED' });
  expect(await world.differences(run.execNo)).toEqual([]);
});

test('an epoch never changes', async () => {
  const run = await world.start(rollout);
  await declareWinner(world.scope, { id: run.campaignId, variantId: variantOf(run, 1) });
  await expect(
    world.database.dispatcher.query(`update campaign.allocation_epoch set weights = '[]' where exec_no = $1`, [
      run.execNo,
    ]),
  ).rejects.toThrow('never changes');
});

test('who is asleep when the test ends is due when their quiet hours do', async () => {
  const quiet = { enabled: true, from: '11:00', until: '23:00', timeZone: 'UTC' };
  await updateOrganizationSettings(world.scope, { quietHours: quiet });
  // To the next ten o'clock: an hour before quiet hours, and four before the end of the test.
  world.pass(86_400_000 - ((world.now.getTime() - Date.parse('2026-11-20T10:00:00Z')) % 86_400_000));
  const run = await world.start(rollout);
  const due = await world.database.dispatcher.query<{ phase: number; after: number }>(
    `select phase, (extract(epoch from due_at - $2::timestamptz) / 3600)::float8 as after from campaign.chunk
     where exec_no = $1 group by 1, 2 order by 1`,
    [run.execNo, world.now],
  );
  expect(due).toEqual([
    { phase: 0, after: 0 },
    { phase: 1, after: 13 },
  ]);
  await updateOrganizationSettings(world.scope, { quietHours: { enabled: false } });
});

test('the launch plan foretells to the person who waits, and when they are due', async () => {
  const plain = { fields: { name: 'Foretold', experiment: { ...defaultExperiment, ...rollout } }, variants: arms };
  const campaignId = await createReady(world.scope, plain);
  const { figures } = await planLaunch(world.scope, campaignId);
  const { executionId } = await startCampaign(world.scope, { id: campaignId });
  const [execution] = await world.database.dispatcher.query<{ exec_no: number }>(
    'select exec_no from campaign.execution where id = $1',
    [executionId],
  );
  const execNo = execution?.exec_no ?? 0;
  await world.expand(execNo);
  const waiting = (await world.rows(execNo)).filter(({ phase }) => phase === 1).length;
  expect(figures).toMatchObject({ people: PEOPLE, sent: PEOPLE, undecided: waiting });
  const due = await world.database.dispatcher.query<{ due_at: Date; people: number }>(
    'select due_at, sum(size)::int as people from campaign.chunk where exec_no = $1 group by 1 order by 1',
    [execNo],
  );
  expect(figures.waves.map(({ dueAt, people }) => ({ due_at: dueAt, people }))).toEqual(due);
  expect(due[1]?.due_at.getTime()).toBe(world.now.getTime() + HOURS_4);
});
