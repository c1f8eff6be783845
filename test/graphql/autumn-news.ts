import type { BusMessage } from '../../src/adapters/nats';
import { EVENTS, RECEIPTS, startIngest } from '../../src/events/ingest';
import { systemClock } from '../../src/shared/clock';
import { encodeMessageId } from '../../src/shared/message-id';
import { quietLog } from '../events/own-nats-server';
import { type GraphWorld, idKeys } from './graph-world';

/** Who got the e-mail and what they did with it; `gina`'s is opened by a machine. */
const received = ['ada', 'ben', 'cleo', 'emil', 'finn', 'gina', 'hugo', 'ida'];
const receipts = [
  ...received.map((name) => ({ kind: 'delivered', name })),
  { kind: 'bounced', name: 'jens' },
  ...['ada', 'ben', 'finn'].map((name) => ({ kind: 'opened', name })),
  { kind: 'opened', name: 'gina', machine: true },
  { kind: 'clicked', name: 'ada' },
];
/** Kira is in the control, and buys all the same. */
const orders = { ada: 49.9, ben: 20, finn: 15.5, kira: 12 };

type Handle = (messages: BusMessage[]) => Promise<void>;

/** Tells the ledger what happened after the hand-over, by the ingest of the service; the streams are other tests' too. */
export async function tellNews({ ledger: database, bus }: GraphWorld, organizationId: string, executionId: string) {
  const handlers = new Map<string, Handle>();
  const consume: typeof bus.consume = async ({ stream }, handle) => {
    handlers.set(stream, handle);
    return { stop: async () => {} };
  };
  const options = { database, log: quietLog, clock: systemClock, ids: idKeys, lanes: 1 };
  const ingest = await startIngest({ ...options, bus: { ...bus, consume } });
  const idOf = await messageIdsOf(database, executionId);
  const told = receipts.map(({ kind, name, ...data }) =>
    message(`notification.${kind}`, organizationId, { ...data, messageId: idOf.get(name), attempt: 1 }),
  );
  const bought = Object.entries(orders).map(([userId, value]) =>
    message('order.completed', organizationId, { orderId: `order-${userId}`, userId, value }),
  );
  await handlers.get(RECEIPTS.stream)?.(told);
  await handlers.get(EVENTS.stream)?.(bought);
  await ingest.stop();
}

async function messageIdsOf(database: GraphWorld['ledger'], executionId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await database.query<{ name: string; exec_no: number; seq: number }>(
    `select c.external_id as name, m.exec_no, m.seq from campaign.execution e
     join campaign.message m using (exec_no) join campaign.contact c using (contact_no) where e.id = $1`,
    [executionId],
  );
  return new Map(rows.map(({ name, exec_no, seq }) => [name, encodeMessageId(idKeys, exec_no, seq)]));
}

function message(subject: string, organizationId: string, facts: object): BusMessage {
  const data = { ...facts, at: new Date().toISOString() };
  const text = JSON.stringify({ organizationId, source: 'shop', data });
  return { subject, data: Buffer.from(text), streamSeq: 1, deliveries: 1, text: () => text };
}
