import { pauseCampaign, resumeCampaign } from '../../src/campaign/change-status';
import { editCampaign } from '../../src/campaign/edit-campaign';
import { settle } from '../../src/delivery/settle';
import { countAfter } from '../../src/events/count-after';
import { ExecutionFactsCache } from '../../src/events/execution-facts';
import { proveSent } from '../../src/events/proven-sent';
import { type AgainContext, sendAgain } from '../../src/events/soft-bounce';
import type { TouchedMessage } from '../../src/events/touch-rules';
import { retryFailed } from '../../src/execution/retry-failed';
import { stopCampaigns } from '../../src/guardrail/stop-campaigns';
import { upsertCounters, upsertReasonCounters } from '../../src/metrics/counter-upsert';
import { DISPOSITION } from '../../src/shared/ledger-codes';
import { email } from '../campaign/campaign-world';
import { guard, openChunks } from '../delivery/delivery-world';
import { openRolloutWorld, type RolloutWorld, type Run } from '../experiment/rollout-world';

const people = 1_000;
let world: RolloutWorld;
beforeAll(async () => {
  world = await openRolloutWorld(people);
});
afterAll(() => world.close());

const everybody = [{ name: 'A', allocation: 100, channels: [email('A')] }];
const budgetOf = (amount: string, cost = '0.03') => ({ amount, currency: 'EUR', costPerMessage: { email: cost } });
const start = (amount: string, cost?: string) => world.start({}, everybody, { budget: budgetOf(amount, cost) });

async function dispositions(run: Run): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const { disposition } of await world.rows(run.execNo)) counted[disposition] = (counted[disposition] ?? 0) + 1;
  return counted;
}

async function statusOf(run: Run) {
  const [row] = await world.database.dispatcher.query<{ status: string; reason: string | null; by: string | null }>(
    'select status, pause_reason as reason, paused_by as by from campaign.campaign where id = $1',
    [run.campaignId],
  );
  return row;
}

const version = async (run: Run) => {
  const sql = 'select version from campaign.campaign where id = $1';
  const [row] = await world.database.dispatcher.query<{ version: number }>(sql, [run.campaignId]);
  return row?.version ?? 0;
};

/** What waits is due from the database's present on, which is ahead of the test's. */
async function resume(run: Run): Promise<void> {
  await resumeCampaign(world.scope, { id: run.campaignId });
  world.pass(Math.max(0, Date.now() - world.now.getTime()) + 60_000);
}

const stopped = () => stopCampaigns(world.database.dispatcher, world.parts);

describe('a budget', () => {
  test('pays what it pays, to the message, and the campaign stops and says why', async () => {
    const run = await start('10.00');
    expect(await world.deliver(run, 'sent', { budget: true })).toBe(333);
    expect(await dispositions(run)).toEqual({ sent: 333, queued: people - 333 });
    expect(await stopped()).toEqual([run.campaignId]);
    expect(await statusOf(run)).toEqual({ status: 'paused', reason: 'the budget is used up', by: 'guardrails' });
    expect(await stopped()).toEqual([]);
  });

  test('that is used up is raised before the campaign goes on', async () => {
    const run = await start('1.00');
    await world.deliver(run, 'sent', { budget: true });
    await stopped();
    await expect(resumeCampaign(world.scope, { id: run.campaignId })).rejects.toMatchObject({
      code: 'CAMPAIGN_BUDGET_USED_UP',
      path: 'budget.amount',
      message: '0.99 of 1.00 EUR are spent: raise budget.amount, then resume, or cancel',
    });
    const edit = { id: run.campaignId, version: await version(run), fields: { budget: budgetOf('30.00') } };
    await editCampaign(world.scope, edit);
    await resume(run);
    expect(await world.deliver(run, 'sent', { budget: true })).toBe(people - 33);
    expect(await stopped()).toEqual([]);
  });

  test('that is set for the first time in a pause holds from the first message after it', async () => {
    const run = await world.start({}, everybody, {});
    const chunks = await openChunks(world, run.execNo);
    const taken = async (ref: (typeof chunks)[number] | undefined, budget: boolean) =>
      ref && (await guard(world, ref, { budget }))?.messages.length;
    expect(await taken(chunks[0], false)).toBe(100);
    await pauseCampaign(world.scope, { id: run.campaignId });
    const edit = { id: run.campaignId, version: await version(run), fields: { budget: budgetOf('3.03') } };
    await editCampaign(world.scope, edit);
    await resume(run);
    // As the sender knew it before the pause, and as it reads it next.
    expect(await taken(chunks[1], false)).toBeUndefined();
    expect(await taken(chunks[1], true)).toBe(1);
  });

  test('is never exceeded by any number of claims at once', async () => {
    const run = await start('10.00');
    const chunks = await openChunks(world, run.execNo);
    const slices = await Promise.all(chunks.map((ref) => guard(world, ref, { budget: true })));
    const taken = slices.reduce((sum, slice) => sum + (slice?.messages.length ?? 0), 0);
    expect({ taken, chunks: chunks.length }).toEqual({ taken: 333, chunks: 10 });
  });

  test('gets back what was refused for good, and keeps what nobody answered', async () => {
    const run = await start('3.00');
    const [ref] = await openChunks(world, run.execNo);
    const slice = ref && (await guard(world, ref, { budget: true }));
    if (!slice) throw new Error('no slice');
    expect(slice.messages).toHaveLength(100);
    const becomes = (n: number) =>
      n < 40 ? { becomes: DISPOSITION.failed, reason: 13 } : { becomes: DISPOSITION.unknown, reason: 15 };
    const settlements = slice.messages.map(({ seq, attempt }, n) => ({
      seq,
      attempt,
      rises: 0 as const,
      ...becomes(n),
    }));
    const rest = { leaseMs: 0, advance: slice.width, unanswered: [], putOff: [], retryAfterMs: 0, askAgainAfterMs: 0 };
    await settle(world.sender, { ...ref, fence: slice.fence }, settlements, { now: world.now, ...rest, events: [] });
    expect(await world.deliver(run, 'sent', { budget: true })).toBe(40);
    expect(await dispositions(run)).toEqual({ failed: 40, unknown: 60, sent: 40, queued: people - 140 });
  });

  test('does not hold up a message that was paid when it was first claimed', async () => {
    const run = await start('3.00');
    const [ref] = await openChunks(world, run.execNo);
    if (!ref) throw new Error('no chunk');
    const slice = await guard(world, ref, { budget: true, leaseMs: 1 });
    expect(slice?.messages).toHaveLength(100);
    // Its holder died: the lease ends, and what may have left is asked about under its keys.
    world.pass(1_000);
    const again = await guard(world, { ...ref, fence: slice?.fence ?? 0 }, { budget: true });
    expect(again?.messages.map(({ may_have_left: left }) => left)).toEqual(Array(100).fill(true));
  });

  test('without a cost of the channel stops nothing', async () => {
    const run = await start('0.00', '0');
    expect(await world.deliver(run, 'sent', { budget: true })).toBe(people);
    expect(await stopped()).not.toContain(run.campaignId);
  });

  test('that a person sees used up in time is raised in a pause of their own', async () => {
    const run = await start('5.00');
    await world.deliver(run, 'sent', { budget: true });
    await pauseCampaign(world.scope, { id: run.campaignId }, 'more money');
    const edit = { id: run.campaignId, version: await version(run), fields: { budget: budgetOf('6.00') } };
    await editCampaign(world.scope, edit);
    await resume(run);
    expect(await world.deliver(run, 'sent', { budget: true })).toBe(34);
  });

  test('that is used up sends nobody again of an execution that has ended, and leaves it as it was', async () => {
    const run = await endedAtItsBudget();
    await expect(retryFailed(world.scope, run.executionId)).rejects.toMatchObject({
      code: 'CAMPAIGN_BUDGET_USED_UP',
      message: '980.00 of 980.00 EUR are spent: the rest does not pay all that would be sent again',
    });
    expect(await executionOf(run)).toMatchObject({ status: 'completed', round: 0 });
  });

  test('that does not pay what bounced after the end keeps nothing open: it expires', async () => {
    const run = await endedAtItsBudget();
    await bounce(run, 5);
    expect(await executionOf(run)).toMatchObject({ status: 'running', round: 1 });
    world.pass(3_600_000);
    expect(await world.deliver(run, 'sent', { budget: true })).toBe(0);
    expect(await stopped()).not.toContain(run.campaignId);
    world.pass(73 * 3_600_000);
    expect(await world.deliver(run, 'sent', { budget: true })).toBe(0);
    await world.sweep();
    expect(await executionOf(run)).toMatchObject({ status: 'completed' });
    expect(await dispositions(run)).toEqual({ sent: 975, failed: 20, skipped: 5 });
    expect(await world.differences(run.execNo)).toEqual([]);
  });

  test('pays what is found to have been sent after the end', async () => {
    const run = await endedAtItsBudget();
    await world.database.dispatcher.transaction(async (tx) => {
      const proven = await proveSent(tx, [{ execNo: run.execNo, seq: 1 }], world.now);
      await countAfter(tx, proven.counters);
      await upsertReasonCounters(tx, proven.reasons);
    });
    expect(await dispositions(run)).toEqual({ sent: people - 19, failed: 19 });
    const sql = 'select messages from campaign.spending where exec_no = $1';
    expect(await world.database.dispatcher.query(sql, [run.execNo])).toEqual([{ messages: people - 19 }]);
  });

  test('pays each attempt that was accepted, those that bounced among them', async () => {
    const run = await start('12.00', '1.00');
    expect(await world.deliver(run, 'sent', { budget: true })).toBe(12);
    await bounce(run, 5);
    world.pass(3_600_000);
    expect(await world.deliver(run, 'sent', { budget: true })).toBe(0);
    expect(await world.differences(run.execNo)).toEqual([]);
  });

  test('pays rows in flight once, wherever they stand among those that were put off', async () => {
    const run = await start('60.00', '1.00');
    const [ref] = await openChunks(world, run.execNo);
    if (!ref) throw new Error('no chunk');
    const { dispatcher } = world.database;
    await dispatcher.query(
      `update campaign.contact set time_zone = case when contact_no in
         (select contact_no from campaign.message where exec_no = $1 and seq <= 40) then 'Asia/Tokyo' else 'UTC' end`,
      [run.execNo],
    );
    const quietHours = { ...hoursAround(world.now, 'Asia/Tokyo'), timeZone: 'UTC', skips: false };
    const slice = await guard(world, ref, { budget: true, leaseMs: 1, hours: quietHours });
    expect([slice?.messages.length, slice?.putOff.length]).toEqual([20, 40]);
    world.pass(2 * 3_600_000);
    // Tokyo is awake now; its rows stand before those that were paid.
    const again = await guard(world, { ...ref, fence: slice?.fence ?? 0 }, { budget: true, hours: quietHours });
    const inFlight = (await dispositions(run)).in_flight;
    expect({ inFlight, paidBefore: again?.messages.filter((one) => one.may_have_left).length }).toEqual({
      inFlight: 60,
      paidBefore: 20,
    });
    await dispatcher.query('update campaign.contact set time_zone = null');
  });
});

/** 20 refused for good, everybody else sent to: not a cent is left. */
async function endedAtItsBudget(): Promise<Run> {
  const run = await start('980.00', '1.00');
  const [ref] = await openChunks(world, run.execNo);
  const slice = ref && (await guard(world, ref, { budget: true, rows: 20 }));
  if (!slice) throw new Error('no slice');
  const settlements = slice.messages.map(({ seq, attempt }) => ({
    seq,
    attempt,
    rises: 0 as const,
    ...refusedForGood,
  }));
  const rest = { leaseMs: 0, advance: slice.width, unanswered: [], putOff: [], retryAfterMs: 0, askAgainAfterMs: 0 };
  await settle(world.sender, { ...ref, fence: slice.fence }, settlements, { now: world.now, ...rest, events: [] });
  await world.deliver(run, 'sent', { budget: true });
  await world.sweep();
  return run;
}

const refusedForGood = { becomes: DISPOSITION.failed, reason: 13 };

async function executionOf({ execNo }: Run) {
  const sql = 'select status, round from campaign.execution where exec_no = $1';
  const [row] = await world.database.dispatcher.query<{ status: string; round: number }>(sql, [execNo]);
  return row;
}

/** So many that were sent bounce for now, and go back to the queue. */
function bounce({ execNo }: Run, people: number): Promise<void> {
  return world.database.dispatcher.transaction(async (tx) => {
    const rows = await tx.query<TouchedMessage>(
      `select exec_no as "execNo", seq, org_no as "orgNo", contact_no as "contactNo", variant_no as "variantNo", channel, phase,
         attempt + 1 as attempt, extract(epoch from guarded_at) * 1000 as "guardedAt"
       from campaign.message where exec_no = $1 and disposition = 2 order by seq limit $2`,
      [execNo, people],
    );
    const messages = rows.map((row) => ({ ...row, guardedAt: Number(row.guardedAt) }));
    const retries = messages.map((message) => ({ message, at: world.now.getTime() }));
    await upsertCounters(tx, await sendAgain(tx, retries, contextOf()));
  });
}

const contextOf = (): AgainContext => ({
  clock: () => world.now,
  softBounceBackoffMs: [60_000],
  executions: new ExecutionFactsCache(),
});

/** An hour before and after now, by the clocks of a zone. */
function hoursAround(now: Date, timeZone: string) {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const at = (hours: number) => clock.format(now.getTime() + hours * 3_600_000);
  return { from: at(-1), until: at(1) };
}
