import { type ChunkRef, type Slice } from '../../src/delivery/guard';
import { neverWritten, notRendered, type Settlement, settle, settlementOf } from '../../src/delivery/settle';
import { cancelChunk, complete } from '../../src/dispatch/sweep';
import { findDifferences } from '../../src/operations/check-invariants';
import { dispositionName } from '../../src/shared/ledger-codes';
import type { Answer } from '../../src/transports/transport';
import { type DeliveryWorld, guard, openChunks, openDeliveryWorld, startExecution } from './delivery-world';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await openDeliveryWorld();
});
afterAll(() => world.close());

const accepted = ({ seq, attempt }: { seq: number; attempt: number }): Settlement => ({
  seq,
  attempt,
  becomes: 2,
  reason: 0,
  rises: 0,
});

const settleSlice = (
  ref: ChunkRef,
  slice: Slice,
  settlements: readonly Settlement[],
  over: Partial<Parameters<typeof settle>[3]> = {},
) =>
  settle(world.sender, { ...ref, fence: slice.fence }, settlements, {
    now: world.now,
    leaseMs: 5_000,
    advance: slice.width,
    unanswered: [],
    putOff: slice.putOff,
    retryAfterMs: 0,
    askAgainAfterMs: 0,
    events: [],
    ...over,
  });

const states = async (execNo: number): Promise<Record<string, number>> => {
  const rows = await world.database.dispatcher.query<{ disposition: number; n: number }>(
    'select disposition, count(*) as n from campaign.message where exec_no = $1 group by 1',
    [execNo],
  );
  return Object.fromEntries(rows.map(({ disposition, n }) => [dispositionName.get(disposition) ?? '', n]));
};

async function firstChunk(people: number): Promise<{ execNo: number; orgNo: number; ref: ChunkRef }> {
  const { execNo, orgNo } = await startExecution(world, people);
  const [ref] = await openChunks(world, execNo);
  if (!ref) throw new Error('no chunk');
  return { execNo, orgNo, ref };
}

const taken = async (ref: ChunkRef, over = {}): Promise<Slice> => {
  const slice = await guard(world, ref, over);
  if (!slice) throw new Error('not taken');
  return slice;
};

test('of eight senders that guard the same chunk at once, one takes it', async () => {
  const { execNo, ref } = await firstChunk(20);
  const slices = await Promise.all(Array.from({ length: 8 }, () => guard(world, ref)));
  expect(slices.filter((slice) => slice !== undefined)).toHaveLength(1);
  expect(await states(execNo)).toEqual({ in_flight: 20 });
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});

test('a sender whose lease lapsed and was taken settles nothing, however late it answers', async () => {
  const { execNo, ref } = await firstChunk(10);
  const lost = await taken(ref);
  world.pass(6_000);
  const [again] = await openChunks(world, execNo);
  const held = await taken(again ?? ref);
  expect(await settleSlice(ref, lost, lost.messages.map(accepted))).toBe('lost');
  expect(await states(execNo)).toEqual({ in_flight: 10 });
  expect(await settleSlice(ref, held, held.messages.map(accepted))).toBe('done');
  expect(await states(execNo)).toEqual({ sent: 10 });
});

test('the next holder asks again with the same attempt, and so with the same key', async () => {
  const { execNo, ref } = await firstChunk(5);
  const lost = await taken(ref);
  world.pass(6_000);
  const [again] = await openChunks(world, execNo);
  const held = await taken(again ?? ref);
  const keys = (slice: Slice) => slice.messages.map(({ seq, attempt, guarded_at: at }) => [seq, attempt, at.getTime()]);
  expect(keys(held)).toEqual(keys(lost));
});

test('without keys a message whose answer was lost with its sender becomes unknown and is not sent again', async () => {
  const { execNo, ref } = await firstChunk(5);
  await taken(ref, { takesKeys: false });
  world.pass(6_000);
  const [again] = await openChunks(world, execNo);
  expect((await taken(again ?? ref, { takesKeys: false })).messages).toEqual([]);
  expect(await states(execNo)).toEqual({ unknown: 5 });
  expect(await findDifferences(world.database.dispatcher, execNo, { chunks: false })).toEqual([]);
});

test('who changed while in flight becomes unknown, who was suppressed before it is skipped with the reason', async () => {
  const { execNo, orgNo, ref } = await firstChunk(4);
  await taken(ref, { rows: 2 });
  const { dispatcher } = world.database;
  await dispatcher.query(
    `update campaign.contact set email = 'other@example.com', revision = revision + 1 where org_no = $1 and external_id = 'p-1'`,
    [orgNo],
  );
  await dispatcher.query(
    `insert into campaign.suppression (org_no, contact_no, channel, reason)
     select org_no, contact_no, 0, 'unsubscribed' from campaign.contact where org_no = $1 and external_id in ('p-3', 'p-4')`,
    [orgNo],
  );
  world.pass(6_000);
  const [again] = await openChunks(world, execNo);
  const held = await taken(again ?? ref);
  expect(held.messages.map((message) => message.external_id)).toEqual(['p-2']);
  expect(await states(execNo)).toEqual({ unknown: 1, in_flight: 1, skipped: 2 });
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});

test('a refused message comes back with the next attempt, due after the backoff; the last one fails', async () => {
  const { execNo, ref } = await firstChunk(1);
  let next = ref;
  for (const attempt of [1, 2]) {
    const slice = await taken(next);
    expect(slice.messages.map((message) => message.attempt)).toEqual([attempt]);
    const answer: Answer = { key: '', outcome: 'refused', reason: 'busy', permanent: false };
    const settlements = slice.messages.flatMap(
      (message) => settlementOf(message, answer, { takesKeys: true, maxAttempts: 2 }) ?? [],
    );
    await settleSlice(next, slice, settlements, { retryAfterMs: 1_000 });
    expect(await openChunks(world, execNo)).toEqual([]);
    world.pass(1_000);
    next = (await openChunks(world, execNo))[0] ?? next;
  }
  expect(await states(execNo)).toEqual({ failed: 1 });
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});

test('whatever a message failed for, the ledger is exact', async () => {
  const failures = ['template_failed', 'too_long', 'variable_missing'] as const;
  const { execNo, ref } = await firstChunk(failures.length);
  const slice = await taken(ref);
  const settlements = failures.flatMap((failure, index) => {
    const message = slice.messages[index];
    return message ? [notRendered(message, failure)] : [];
  });
  await settleSlice(ref, slice, settlements);
  expect(await states(execNo)).toEqual({ failed: failures.length });
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});

test('what is unanswered at the end of its slice stays in flight in a chunk of its own', async () => {
  const { execNo, ref } = await firstChunk(6);
  const slice = await taken(ref);
  const [lost, ...answered] = slice.messages;
  const progress = await settleSlice(ref, slice, answered.map(accepted), { unanswered: [lost?.seq ?? 0] });
  expect(progress).toBe('done');
  expect(await states(execNo)).toEqual({ sent: 5, in_flight: 1 });
  expect(await complete(world.database.dispatcher, [execNo], world.now)).toEqual([]);
  const [rest] = await openChunks(world, execNo);
  const again = await taken(rest ?? ref);
  expect(again.messages.map((message) => message.seq)).toEqual([lost?.seq]);
  await settleSlice(rest ?? ref, again, again.messages.map(accepted));
  expect(await complete(world.database.dispatcher, [execNo], world.now)).toMatchObject([{ execNo }]);
});

test('a paused execution gives out no slice, not even to the sender that holds its chunk', async () => {
  const { execNo, ref } = await firstChunk(10);
  const slice = await taken(ref, { rows: 4 });
  await world.database.dispatcher.query(`update campaign.execution set status = 'paused' where exec_no = $1`, [execNo]);
  expect(await settleSlice(ref, slice, slice.messages.map(accepted))).toBe('open');
  expect(await guard(world, { ...ref, fence: slice.fence }, { take: false })).toBeUndefined();
  await world.database.dispatcher.query(`update campaign.execution set status = 'running' where exec_no = $1`, [
    execNo,
  ]);
  const rest = await taken({ ...ref, fence: slice.fence }, { take: false });
  expect(rest.messages.map((message) => message.seq)).toEqual([5, 6, 7, 8, 9, 10]);
});

test('a message past its expiry is skipped with that reason', async () => {
  const { execNo, ref } = await firstChunk(3);
  world.pass(73 * 3_600_000);
  expect((await taken(ref)).messages).toEqual([]);
  expect(await states(execNo)).toEqual({ skipped: 3 });
});

const busy: Answer = { key: '', outcome: 'refused', reason: 'http 503', permanent: false, ofRequest: true };
const noConnection: Answer = { key: '', outcome: 'refused', reason: 'ECONNREFUSED', permanent: false, neverLeft: true };

test('what may have left under its key keeps it, whatever becomes of a later request', async () => {
  const { execNo, ref } = await firstChunk(1);
  const first = (await taken(ref)).messages.map((message) => message.may_have_left);
  world.pass(6_000);
  const [again] = await openChunks(world, execNo);
  const [message] = (await taken(again ?? ref)).messages;
  if (!message) throw new Error('nothing to ask again');
  expect([...first, message.may_have_left]).toEqual([false, true]);
  const rules = { takesKeys: true, maxAttempts: 3 };
  expect([busy, noConnection].map((answer) => settlementOf(message, answer, rules))).toEqual([undefined, undefined]);
  expect(neverWritten(message)).toBeUndefined();
  expect(notRendered(message, 'template_failed')).toMatchObject({ becomes: 3 });
  const fresh = { ...message, may_have_left: false };
  expect(settlementOf(fresh, busy, rules)).toMatchObject({ becomes: 0, rises: 1 });
  expect(neverWritten(fresh)).toMatchObject({ becomes: 0, rises: 0 });
});

test('the sweep of a cancelled chunk leaves alone what another sender holds in a list chunk of its own', async () => {
  const { execNo, ref } = await firstChunk(4);
  const slice = await taken(ref, { rows: 2 });
  const again = slice.messages.map((message): Settlement => ({ ...accepted(message), becomes: 0, rises: 1 }));
  await settleSlice(ref, slice, again, { leaseMs: 0 });
  const list = (await openChunks(world, execNo)).find(({ chunkNo }) => chunkNo !== ref.chunkNo) ?? ref;
  const held = await taken(list);
  await world.database.dispatcher.query(`update campaign.execution set status = 'cancelled' where exec_no = $1`, [
    execNo,
  ]);
  await cancelChunk(world.database.dispatcher, ref, world.now);
  expect(await states(execNo)).toEqual({ in_flight: 2, cancelled: 2 });
  await settleSlice(list, held, held.messages.map(accepted));
  expect(await states(execNo)).toEqual({ sent: 2, cancelled: 2 });
});
