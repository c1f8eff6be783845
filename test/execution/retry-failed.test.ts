import { settle } from '../../src/delivery/settle';
import { retryFailed } from '../../src/execution/retry-failed';
import { findDifferences } from '../../src/operations/check-invariants';
import { DISPOSITION, REASON } from '../../src/shared/ledger-codes';
import { guard, openChunks } from '../delivery/delivery-world';
import { deliver, openRetryWorld, type RetryWorld, stateOf, sweep } from './retry-world';

let world: RetryWorld;
beforeAll(async () => {
  world = await openRetryWorld();
});
afterAll(() => world.close());

const PEOPLE = 1_400;
const odd = (seq: number) => (seq % 2 === 1 ? 'failed' : 'sent');
const everything = () => 'sent' as const;

/** A completed execution in which every other message has failed. */
async function halfFailed() {
  const started = await world.start(PEOPLE);
  await deliver(world, started.execNo, odd);
  await sweep(world);
  expect(await stateOf(world, started.execNo)).toMatchObject({ status: 'completed', round: 0, sent: 700, failed: 700 });
  return started;
}
const differences = (execNo: number) => findDifferences(world.database.dispatcher, execNo);

test('the failed are sent again, and only they, each by its next attempt; the execution completes a round later', async () => {
  const { execNo, id, scope } = await halfFailed();
  expect(await retryFailed(scope, id)).toEqual({ executionId: id, messages: 700 });
  const state = { status: 'running', round: 1, completed: false, sent: 700, queued: 700 };
  expect(await stateOf(world, execNo)).toEqual(state);
  expect(await differences(execNo)).toEqual([]);
  const attempts = await deliver(world, execNo, everything);
  expect([...attempts.keys()].every((seq) => seq % 2 === 1)).toBe(true);
  expect([...new Set(attempts.values())]).toEqual([2]);
  expect(attempts.size).toBe(700);
  await sweep(world);
  expect(await stateOf(world, execNo)).toEqual({ status: 'completed', round: 1, completed: true, sent: PEOPLE });
  expect(await differences(execNo)).toEqual([]);
});

test('what fails again is failed again, and can be sent again', async () => {
  const { execNo, id, scope } = await halfFailed();
  await retryFailed(scope, id);
  await deliver(world, execNo, () => 'failed');
  await sweep(world);
  expect(await stateOf(world, execNo)).toMatchObject({ status: 'completed', round: 1, sent: 700, failed: 700 });
  expect(await differences(execNo)).toEqual([]);
  expect((await retryFailed(scope, id)).messages).toBe(700);
  expect(new Set((await deliver(world, execNo, everything)).values())).toEqual(new Set([3]));
  await sweep(world);
  expect(await stateOf(world, execNo)).toMatchObject({ status: 'completed', round: 2, sent: PEOPLE });
  expect(await differences(execNo)).toEqual([]);
});

test('the end of each round tells how many people there were, and how many were sent to', async () => {
  const { execNo, id, scope } = await halfFailed();
  await retryFailed(scope, id);
  await deliver(world, execNo, everything);
  await sweep(world);
  const told = await world.database.dispatcher.query<{ payload: object }>(
    "select payload from campaign.outbox where exec_no = $1 and kind = 'execution.completed' order by outbox_no",
    [execNo],
  );
  const total = (totalSent: number) => ({ executionId: id, audienceSize: PEOPLE, totalSent, totalDelivered: 0 });
  expect(told.map(({ payload }) => payload)).toMatchObject([total(700), total(PEOPLE)]);
});

test('long after everything expired the failed are sent again all the same', async () => {
  const { execNo, id, scope } = await halfFailed();
  world.pass(30 * 86_400_000);
  await retryFailed(scope, id);
  expect((await deliver(world, execNo, everything)).size).toBe(700);
});

test('a running execution goes on in its round, and a paused one stays paused', async () => {
  const { execNo, id, scope } = await world.start(PEOPLE);
  await deliver(world, execNo, odd);
  expect((await retryFailed(scope, id)).messages).toBe(700);
  expect(await stateOf(world, execNo)).toMatchObject({ status: 'running', round: 0, queued: 700 });
  await deliver(world, execNo, () => 'failed');
  await world.database.dispatcher.query(`update campaign.execution set status = 'paused' where exec_no = $1`, [execNo]);
  expect((await retryFailed(scope, id)).messages).toBe(700);
  expect(await stateOf(world, execNo)).toMatchObject({ status: 'paused', round: 0, queued: 700 });
  expect(await differences(execNo)).toEqual([]);
});

test('what failed in a slice that is still under way is sent again only when that slice has ended: never in two chunks', async () => {
  const { execNo, id, scope } = await world.start(3);
  const [ref] = await openChunks(world, execNo);
  const slice = ref && (await guard(world, ref));
  if (!ref || !slice) throw new Error('not taken');
  const failed = slice.messages.map(({ seq, attempt }) => ({
    seq,
    attempt,
    becomes: DISPOSITION.failed,
    reason: REASON.refused,
    rises: 0 as const,
  }));
  const options = {
    now: world.now,
    leaseMs: 5_000,
    unanswered: [],
    putOff: [],
    retryAfterMs: 0,
    askAgainAfterMs: 0,
    events: [],
  };
  await settle(world.sender, { ...ref, fence: slice.fence }, failed, { ...options, advance: 0 });
  expect((await retryFailed(scope, id)).messages).toBe(0);
  await settle(world.sender, { ...ref, fence: slice.fence }, [], { ...options, advance: slice.width });
  expect((await retryFailed(scope, id)).messages).toBe(3);
  expect(await openChunks(world, execNo)).toHaveLength(1);
});

test('with nothing failed nothing happens, and the execution stays completed', async () => {
  const { execNo, id, scope } = await world.start(20);
  await deliver(world, execNo, everything);
  await sweep(world);
  expect(await retryFailed(scope, id)).toEqual({ executionId: id, messages: 0 });
  expect(await stateOf(world, execNo)).toMatchObject({ status: 'completed', round: 0, sent: 20 });
});

test('who unsubscribed after the failure is not written to', async () => {
  const { execNo, id, scope } = await halfFailed();
  await world.database.dispatcher.query(
    `insert into campaign.suppression (org_no, contact_no, channel, reason)
     select org_no, contact_no, 0, 'unsubscribed' from campaign.message where exec_no = $1 and seq = 1`,
    [execNo],
  );
  await retryFailed(scope, id);
  expect((await deliver(world, execNo, everything)).has(1)).toBe(false);
  expect(await stateOf(world, execNo)).toMatchObject({ sent: PEOPLE - 1, skipped: 1 });
  expect(await differences(execNo)).toEqual([]);
});

test('asked for by eight at once, each message is queued once', async () => {
  const { execNo, id, scope } = await halfFailed();
  const answers = await Promise.all(Array.from({ length: 8 }, () => retryFailed(scope, id)));
  expect(answers.map(({ messages }) => messages).sort((a, b) => b - a)).toEqual([700, 0, 0, 0, 0, 0, 0, 0]);
  expect(await differences(execNo)).toEqual([]);
  expect(await stateOf(world, execNo)).toMatchObject({ round: 1, queued: 700 });
});

test('the same key sends again once and answers the same, also when more has failed since', async () => {
  const { execNo, id, scope } = await halfFailed();
  const first = await retryFailed(scope, id, 'key-1');
  await deliver(world, execNo, () => 'failed');
  expect(await retryFailed(scope, id, 'key-1')).toEqual(first);
  expect(await stateOf(world, execNo)).toMatchObject({ failed: 700, sent: 700 });
});

test.each(['cancelled', 'missed', 'failed', 'pending'])('a %s execution sends nothing again', async (status) => {
  const { execNo, id, scope } = await halfFailed();
  await world.database.dispatcher.query('update campaign.execution set status = $2 where exec_no = $1', [
    execNo,
    status,
  ]);
  await expect(retryFailed(scope, id)).rejects.toMatchObject({ code: 'CAMPAIGN_STATUS_TRANSITION' });
  expect(await stateOf(world, execNo)).toMatchObject({ status, failed: 700 });
});

test("another organization's execution does not exist", async () => {
  const [{ execNo, id }, other] = [await halfFailed(), await world.start(1)];
  await expect(retryFailed(other.scope, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await stateOf(world, execNo)).toMatchObject({ failed: 700 });
});
