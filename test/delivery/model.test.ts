import fc from 'fast-check';
import type { ChunkRef, Slice } from '../../src/delivery/guard';
import { type Settlement, settle, settlementOf } from '../../src/delivery/settle';
import { cancelChunk, complete, findCancelledChunks } from '../../src/dispatch/sweep';
import { findDifferences } from '../../src/operations/check-invariants';
import type { Answer } from '../../src/transports/transport';
import { type DeliveryWorld, guard, openChunks, openDeliveryWorld, startExecution } from './delivery-world';

const PEOPLE = 23;
const rules = { takesKeys: true, maxAttempts: 3 };

let world: DeliveryWorld;
beforeAll(async () => {
  world = await openDeliveryWorld();
});
afterAll(() => world.close());

/** A provider that drops keys it has seen, refuses by the dice and forgets to answer. */
class Provider {
  readonly accepted = new Set<string>();
  readonly refused = new Set<string>();

  answer(key: string, dice: number): Answer {
    if (this.accepted.has(key)) return { key, outcome: 'accepted' };
    if (dice === 0) {
      this.refused.add(key);
      return { key, outcome: 'refused', reason: 'busy', permanent: false };
    }
    this.accepted.add(key);
    return dice === 1 ? { key, outcome: 'unanswered', reason: 'lost' } : { key, outcome: 'accepted' };
  }
}

type Step = { readonly does: 'work' | 'die' | 'pause' | 'resume' | 'wait'; readonly dice: readonly number[] };

const step: fc.Arbitrary<Step> = fc.record({
  does: fc.constantFrom('work', 'work', 'work', 'die', 'pause', 'resume', 'wait'),
  dice: fc.array(fc.nat(5), { minLength: 4, maxLength: 4 }),
});

const keyOf = ({ seq, attempt }: { seq: number; attempt: number }): string => `${seq}:${attempt}`;

async function setStatus(execNo: number, from: string, to: string): Promise<void> {
  await world.database.dispatcher.query(
    'update campaign.execution set status = $3 where exec_no = $1 and status = $2',
    [execNo, from, to],
  );
}

/** One slice from guard to settle; `die` ends after the hand-over, before anything is settled. */
async function work(execNo: number, provider: Provider, { does, dice }: Step): Promise<void> {
  const [ref] = await openChunks(world, execNo);
  const slice = ref && (await guard(world, ref, { rows: 1 + (dice[0] ?? 0) * 2 }));
  if (!ref || !slice) return;
  const answers = slice.messages.map((message, index) => provider.answer(keyOf(message), dice[index % 4] ?? 5));
  if (does !== 'die') await settleAll(ref, slice, answers);
}

async function settleAll(ref: ChunkRef, slice: Slice, answers: readonly Answer[]): Promise<void> {
  const pairs = slice.messages.map((message, index) => [message, answers[index]] as const);
  const settlements = pairs.flatMap(([message, answer]): Settlement[] => {
    const settlement = answer && settlementOf(message, answer, rules);
    return settlement ? [settlement] : [];
  });
  const settled = new Set(settlements.map(({ seq }) => seq));
  await settle(world.sender, { ...ref, fence: slice.fence }, settlements, {
    now: world.now,
    leaseMs: 0,
    advance: slice.width,
    putOff: slice.putOff,
    unanswered: slice.messages.map(({ seq }) => seq).filter((seq) => !settled.has(seq)),
    retryAfterMs: 0,
    askAgainAfterMs: 0,
    events: [],
  });
}

async function perform(execNo: number, provider: Provider, one: Step): Promise<void> {
  if (one.does === 'pause') await setStatus(execNo, 'running', 'paused');
  else if (one.does === 'resume') await setStatus(execNo, 'paused', 'running');
  else if (one.does === 'wait') world.pass(6_000);
  else await work(execNo, provider, one);
}

const rowsOf = (execNo: number) =>
  world.database.dispatcher.query<{ seq: number; attempt: number; disposition: number }>(
    'select seq, attempt, disposition from campaign.message where exec_no = $1 order by seq',
    [execNo],
  );

async function finish(execNo: number, provider: Provider): Promise<void> {
  await setStatus(execNo, 'paused', 'running');
  const calm: Step = { does: 'work', dice: [5, 5, 5, 5] };
  for (let turn = 0; turn < 500; turn += 1) {
    if ((await complete(world.database.dispatcher, [execNo], world.now)).length > 0) return;
    await work(execNo, provider, calm);
    world.pass(3_000);
  }
  throw new Error('never complete');
}

test('whatever happens on the way, everybody is accounted for once, and accepted once for each refusal before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (script) => {
      const { execNo } = await startExecution(world, PEOPLE, { chunkSize: 7 });
      const provider = new Provider();
      for (const one of script) {
        await perform(execNo, provider, one);
        expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
      }
      await finish(execNo, provider);
      const rows = await rowsOf(execNo);
      expect(rows).toHaveLength(PEOPLE);
      for (const row of rows) {
        const sent = row.disposition === 2;
        expect(provider.accepted.has(keyOf(row))).toBe(sent);
        for (let attempt = 1; attempt < row.attempt; attempt += 1) {
          expect(provider.refused.has(`${row.seq}:${attempt}`)).toBe(true);
          expect(provider.accepted.has(`${row.seq}:${attempt}`)).toBe(false);
        }
      }
      expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
    }),
    { numRuns: 25 },
  );
}, 120_000);

test('a cancelled execution ends with nothing queued: what may have left is unknown, the rest cancelled', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (script) => {
      const { execNo } = await startExecution(world, PEOPLE, { chunkSize: 7 });
      const provider = new Provider();
      for (const one of script) await perform(execNo, provider, one);
      await setStatus(execNo, 'paused', 'running');
      await setStatus(execNo, 'running', 'cancelled');
      world.pass(6_000);
      for (const chunk of await findCancelledChunks(world.database.dispatcher, world.now)) {
        await cancelChunk(world.database.dispatcher, chunk, world.now);
      }
      const rows = await rowsOf(execNo);
      expect(rows.filter(({ disposition }) => disposition < 2)).toEqual([]);
      for (const row of rows) if (row.disposition === 8) expect(provider.accepted.has(keyOf(row))).toBe(false);
      expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
    }),
    { numRuns: 10 },
  );
}, 120_000);
