import fc from 'fast-check';
import { type Bus, openBus } from '../../src/adapters/nats';
import { type AckFloorReader, openAckFloorReader } from '../../src/adapters/nats-ack-floor';
import { type Ingest, startIngest } from '../../src/events/ingest';
import { findDifferences } from '../../src/operations/check-invariants';
import { encodeMessageId, messageIdKeys } from '../../src/shared/message-id';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { type BuiltExecution, buildExecution, externalId } from './ledger-builder';
import { type OwnNatsServer, quietLog, startOwnNatsServer, until } from './own-nats-server';

const ids = messageIdKeys('secret');
const JUDGED = Date.parse('2026-11-20T10:00:00.000Z');
const PEOPLE = 12;
const RUNS = Number(process.env.RUNS ?? 12);
let server: OwnNatsServer;
let postgres: TestDatabase;
let floors: AckFloorReader;
const buses: Bus[] = [];
const ingesters: Ingest[] = [];
let run = 0;

beforeAll(async () => {
  postgres = await createTestDatabase();
  server = await startOwnNatsServer();
  floors = await openAckFloorReader(server.url);
  for (const name of ['one', 'two']) {
    const bus = await openBus({ url: server.url, name, log: quietLog });
    await bus.ensureStreams();
    buses.push(bus);
    const clock = () => new Date(JUDGED + 3_600_000);
    ingesters.push(await startIngest({ database: postgres.dispatcher, bus, log: quietLog, clock, ids }));
  }
});

afterAll(async () => {
  for (const ingester of ingesters) await ingester.stop();
  for (const bus of buses) await bus.close();
  await floors.close();
  await server.close();
  await postgres.close();
});

const KINDS = ['delivered', 'opened', 'clicked', 'bounced', 'unsubscribed', 'complained', 'replied', 'failed'] as const;
const moment = fc.integer({ min: 0, max: 6 }).map((step) => JUDGED + step * 31_000);
const receipt = fc.record({
  sort: fc.constant('receipt' as const),
  kind: fc.constantFrom(...KINDS),
  seq: fc.integer({ min: 1, max: PEOPLE }),
  at: moment,
  // The same identity always says the same: whether a program did it is a property of the moment here.
});
const outcome = fc.record({
  sort: fc.constant('outcome' as const),
  person: fc.integer({ min: 0, max: PEOPLE - 1 }),
  eventType: fc.constantFrom('site.visit', 'order.completed'),
  eventId: fc.integer({ min: 1, max: 20 }),
});
const story = fc
  .array(fc.oneof({ weight: 4, arbitrary: receipt }, { weight: 1, arbitrary: outcome }), {
    minLength: 1,
    maxLength: 120,
  })
  .chain((events) => {
    // Everything at least once, some of it again, in any order.
    const again = fc.subarray(events, { minLength: 0 });
    return again.chain((repeated) => {
      const all = [...events, ...repeated];
      return fc
        .shuffledSubarray(
          all.map((_, index) => index),
          { minLength: all.length },
        )
        .map((order) => order.flatMap((index) => all[index] ?? []));
    });
  });
type Told =
  | { sort: 'receipt'; kind: (typeof KINDS)[number]; seq: number; at: number }
  | { sort: 'outcome'; person: number; eventType: string; eventId: number };

const isMachine = (at: number) => (at / 1_000) % 2 === 1;
const atOf = (eventId: number) => JUDGED + eventId * 17_000;

function toMessage(execution: BuiltExecution, name: string, told: Told, n: number) {
  const shared = { id: `m-${n}`, source: 'world', organizationId: execution.organizationId };
  const id = `${name}-${n}`;
  if (told.sort === 'receipt') {
    const data = {
      messageId: encodeMessageId(ids, execution.execNo, told.seq),
      attempt: 1,
      at: new Date(told.at).toISOString(),
      bounceType: 'hard',
      machine: (told.kind === 'opened' || told.kind === 'clicked') && isMachine(told.at),
    };
    return { subject: `notification.${told.kind}`, id, payload: JSON.stringify({ ...shared, data }) };
  }
  const { person, eventType, eventId } = told;
  // One id is one event: whose it is follows from the id, as in the world.
  const data = {
    eventId: `${name}-${person}-${eventType}-${eventId}`,
    eventType,
    userId: externalId(name, person),
    at: new Date(atOf(eventId)).toISOString(),
    properties: { value: eventId / 100 },
  };
  return { subject: 'event.stored', id, payload: JSON.stringify({ ...shared, data }) };
}

/** What the figures must be, computed from the set of facts alone: order and repetition do not enter. */
function expected(stories: readonly Told[]) {
  const receipts = stories.filter((told) => told.sort === 'receipt');
  const human = receipts.filter(({ at }) => !isMachine(at));
  const people = (list: readonly { seq: number }[], of = (told: { seq: number }) => String(told.seq)) =>
    new Set(list.map(of)).size;
  const touches = (kind: string, list = receipts) =>
    people(
      list.filter((told) => told.kind === kind),
      (told) => JSON.stringify(told),
    );
  const unique = (kind: string, list = receipts) => people(list.filter((told) => told.kind === kind));
  const outcomes = stories.filter((told) => told.sort === 'outcome');
  const proofs = new Set(receipts.filter(({ kind }) => kind !== 'failed').map(({ seq }) => seq));
  const refused = new Set(receipts.filter(({ kind }) => kind === 'failed').map(({ seq }) => seq));
  const lost = Array.from({ length: PEOPLE }, (_, n) => n + 1).filter((seq) => seq % 3 === 0);
  return {
    delivered: unique('delivered'),
    opened: unique('opened', human),
    opens: touches('opened', human),
    opened_machine: touches('opened') - touches('opened', human),
    clicked: unique('clicked', human),
    clicks: touches('clicked', human),
    bounced_hard: unique('bounced'),
    unsubscribed: unique('unsubscribed'),
    complained: unique('complained'),
    replied: touches('replied'),
    outcomes: new Set(outcomes.map((told) => `${told.person} ${told.eventType}`)).size,
    outcome_events: new Set(outcomes.map((told) => JSON.stringify(told))).size,
    unknown: lost.filter((seq) => !proofs.has(seq) && !refused.has(seq)).length,
    failed: lost.filter((seq) => !proofs.has(seq) && refused.has(seq)).length,
  };
}

/** First times are the earliest facts, not the first arrivals. */
function expectedFirsts(stories: readonly Told[]) {
  const earliest = (seq: number, kind: string, human: boolean) => {
    const ats = stories.flatMap((told) =>
      told.sort === 'receipt' && told.seq === seq && told.kind === kind && !(human && isMachine(told.at))
        ? told.at
        : [],
    );
    return ats.length > 0 ? Math.min(...ats) : null;
  };
  return Array.from({ length: PEOPLE }, (_, n) => ({
    seq: n + 1,
    delivered: earliest(n + 1, 'delivered', false),
    opened: earliest(n + 1, 'opened', true),
    clicked: earliest(n + 1, 'clicked', true),
    bounced: earliest(n + 1, 'bounced', false),
    unsubscribed: earliest(n + 1, 'unsubscribed', false),
    complained: earliest(n + 1, 'complained', false),
  }));
}

function firsts({ execNo }: BuiltExecution) {
  const names = ['delivered', 'opened', 'clicked', 'bounced', 'unsubscribed', 'complained'];
  const columns = names.map((name) => `(extract(epoch from ${name}_at) * 1000)::float8 as ${name}`).join(', ');
  return postgres.dispatcher.query(`select seq, ${columns} from campaign.message where exec_no = $1 order by seq`, [
    execNo,
  ]);
}

async function figures({ execNo }: BuiltExecution, names: readonly string[]): Promise<Record<string, number>> {
  const sums = names.map((name) => `sum(${name})::int as ${name}`).join(', ');
  const [row] = await postgres.dispatcher.query<Record<string, number>>(
    `select ${sums} from campaign.counter where exec_no = $1`,
    [execNo],
  );
  return row ?? {};
}

const allTaken = async (stream: 'NOTIFICATION' | 'EVENTS', durable: string) => {
  const { lastSeq } = await floors.end(stream);
  return (await floors.floor(stream, durable)) >= lastSeq;
};

test('any facts, repeated, shuffled, in any batches, by two ingesters at once, give the figures of the facts', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const name = `exact${run++}`;
      const execution = await buildExecution(postgres.dispatcher, {
        name,
        people: PEOPLE,
        disposition: (n) => ((n + 1) % 3 === 0 ? 'unknown' : 'sent'),
        judgedAt: new Date(JUDGED),
        goals: [
          { no: 1, eventType: 'site.visit', windowDays: 7 },
          { no: 2, eventType: 'order.completed', valueField: 'value', windowDays: 7 },
        ],
      });
      const messages = told.map((each, n) => toMessage(execution, name, each, n));
      const cut = Math.floor(messages.length / 2);
      await Promise.all([buses[0]?.publishBatch(messages.slice(0, cut)), buses[1]?.publishBatch(messages.slice(cut))]);
      await until(() => allTaken('NOTIFICATION', 'campaign-notification'));
      await until(() => allTaken('EVENTS', 'campaign-events'));
      const wanted = expected(told);
      expect(await figures(execution, Object.keys(wanted))).toEqual(wanted);
      expect(await firsts(execution)).toEqual(expectedFirsts(told));
      expect(await findDifferences(postgres.dispatcher, execution.execNo, { chunks: false })).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});
