import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { drillIds, type Stage } from '../drill/stage';
import { type Bus, type OutgoingBusMessage, openBus } from '../src/adapters/nats';
import { DISPOSITION } from '../src/shared/ledger-codes';
import { encodeMessageId } from '../src/shared/message-id';
import { readProgress } from './run-watch';

const AT_ONCE = 10_000;

/** An execution with so many rows, as they stand after everything was handed over, written by one statement. */
export async function sendOnPaper(stage: Stage, rows: number): Promise<number> {
  const { execNo } = await stage.campaigns.start();
  await stage.database.transaction(async (tx) => {
    await tx.query(SENT_SQL, [execNo, rows, DISPOSITION.sent]);
    await tx.query(
      'update campaign.execution set audience_closed = true, next_seq = $2 + 1, cursor_contact_no = upper_contact_no where exec_no = $1',
      [execNo, rows],
    );
  });
  return execNo;
}

const SENT_SQL = `
with written as (
  insert into campaign.message
    (exec_no, seq, org_no, contact_no, judged_at, slot, channel, variant_no, disposition, eligible, guarded_at, sent_at)
  select e.exec_no, n, e.org_no, n, now(), 1, 1, 1 + n % 2, $3, true, now(), now()
  from campaign.execution e cross join generate_series(1, $2::int) n where e.exec_no = $1 returning org_no, variant_no
)
insert into campaign.counter (exec_no, variant_no, channel, goal, bucket, org_no, audience, people, eligible, sent)
select $1, variant_no, 1, 0, date_trunc('minute', now()), min(org_no), count(*), count(*), count(*), count(*)
from written group by variant_no`;

/** Receipts of the messages from `first` to `last` rest in the stream when this returns. */
export async function tellDelivered(stage: Stage, execNo: number, first: number, last: number): Promise<void> {
  const bus = await openBus({ url: stage.parts.natsUrl, name: 'bench', log: pino({ level: 'silent' }) });
  try {
    await bus.ensureStreams();
    for (let from = first; from <= last; from += AT_ONCE)
      await publishSome(bus, execNo, from, Math.min(AT_ONCE, last - from + 1));
  } finally {
    await bus.close();
  }
}

const publishSome = (bus: Bus, execNo: number, first: number, size: number): Promise<void> =>
  bus.publishBatch(Array.from({ length: size }, (_, n) => receipt(execNo, first + n)));

function receipt(execNo: number, seq: number): OutgoingBusMessage {
  const id = `bench:${execNo}:${seq}`;
  const at = new Date().toISOString();
  const data = { messageId: encodeMessageId(drillIds, execNo, seq), attempt: 1, channel: 'email', at };
  const envelope = { id, type: 'notification.delivered', source: 'bench', organizationId: 'org_drill', timestamp: at };
  return { subject: 'notification.delivered', id, payload: JSON.stringify({ ...envelope, data }) };
}

/** Resolves with the number that is counted once it is `least` or more. */
export async function countedOf(stage: Stage, execNo: number, least: number, minutes: number): Promise<number> {
  const deadline = Date.now() + minutes * 60_000;
  while (Date.now() < deadline) {
    const { delivered } = await readProgress(stage.database, [execNo]);
    if (delivered >= least) return delivered;
    await pause(20);
  }
  throw new Error(`receipts are not counted in ${minutes} min`);
}
