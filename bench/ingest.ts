import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { drillIds, type Stage } from '../drill/stage';
import { type Bus, type OutgoingBusMessage, openBus } from '../src/adapters/nats';
import { DISPOSITION } from '../src/shared/ledger-codes';
import { encodeMessageId } from '../src/shared/message-id';
import { describeBaseline, meanRate, measureBaseline } from './baseline';
import { machineLoad, openGround } from './ground';
import type { BenchOptions, BenchResult } from './options';
import { cpuOf, microsPerMessage } from './process-use';
import { readProgress } from './run-watch';

/** Receipts that wait in the stream already: how fast they are counted, against the baseline on two connections. */
export async function ingestBench(options: BenchOptions, print: (line: string) => void): Promise<BenchResult> {
  const ground = await openGround(options, 1, print);
  try {
    const { stage } = ground;
    const execNo = await sendOnPaper(stage, options.recipients);
    await tellDelivered(stage, execNo, options.recipients);
    print(`${options.recipients} receipts wait`);
    const baseline = () => measureBaseline(stage.parts.databaseUrl, options.baselineRows, 2);
    const before = await baseline();
    const load = machineLoad();
    const measured = { postgres: stage.parts.postgres.pid() ?? 0, nats: stage.parts.nats.pid() ?? 0 };
    const cpu = cpuOf(measured);
    const rate = await measureIngest(stage, execNo, options);
    const micros = microsPerMessage(cpu, cpuOf(measured), options.recipients);
    const after = await baseline();
    const ratio = rate / meanRate([before, after]);
    return {
      table: [
        ...describeBaseline([before, after]),
        `${options.recipients.toLocaleString('en')} receipts: ${Math.round(rate).toLocaleString('en')} a second`,
        `ratio to the baseline: ${ratio.toFixed(3)} (figure: 0.6)`,
        `load of the machine: ${load} before, ${machineLoad()} after`,
      ],
      figures: {
        recipients: options.recipients,
        receiptsPerSecond: Math.round(rate),
        baselineRowsPerSecond: [before, after].map((one) => Math.round(one.rowsPerSecond)),
        ratio: Math.round(ratio * 1_000) / 1_000,
        cpuMicrosPerMessage: micros,
        load,
      },
    };
  } finally {
    await ground.close();
  }
}

/** Rows as they stand after everything was handed over, written by one statement. */
async function sendOnPaper(stage: Stage, recipients: number): Promise<number> {
  const { execNo } = await stage.campaigns.start();
  await stage.database.transaction(async (tx) => {
    await tx.query(SENT_SQL, [execNo, recipients, DISPOSITION.sent]);
    await tx.query(
      'update campaign.execution set audience_closed = true, next_seq = $2 + 1, cursor_contact_no = upper_contact_no where exec_no = $1',
      [execNo, recipients],
    );
  });
  await stage.database.query('analyze campaign.message').catch(() => undefined);
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

async function tellDelivered(stage: Stage, execNo: number, recipients: number): Promise<void> {
  const bus = await openBus({ url: stage.parts.natsUrl, name: 'bench', log: pino({ level: 'silent' }) });
  try {
    await bus.ensureStreams();
    for (let first = 1; first <= recipients; first += 10_000) await publishSome(bus, execNo, first, recipients);
  } finally {
    await bus.close();
  }
}

function publishSome(bus: Bus, execNo: number, first: number, recipients: number): Promise<void> {
  const size = Math.min(10_000, recipients - first + 1);
  return bus.publishBatch(Array.from({ length: size }, (_, n) => receipt(execNo, first + n)));
}

function receipt(execNo: number, seq: number): OutgoingBusMessage {
  const id = `bench:${execNo}:${seq}`;
  const at = new Date().toISOString();
  const data = { messageId: encodeMessageId(drillIds, execNo, seq), attempt: 1, channel: 'email', at };
  const envelope = { id, type: 'notification.delivered', source: 'bench', organizationId: 'org_drill', timestamp: at };
  return { subject: 'notification.delivered', id, payload: JSON.stringify({ ...envelope, data }) };
}

/** From the first look that finds some counted: the start of a process is not part of it. */
async function measureIngest(stage: Stage, execNo: number, options: BenchOptions): Promise<number> {
  await stage.worker('dispatcher', 'dispatcher', {}).start();
  const deadline = Date.now() + options.minutes * 60_000;
  let first: { readonly at: number; readonly delivered: number } | undefined;
  while (Date.now() < deadline) {
    const { delivered } = await readProgress(stage.database, [execNo]);
    const at = performance.now();
    if (delivered > 0) first ??= { at, delivered };
    if (first && delivered >= options.recipients) return (delivered - first.delivered) / ((at - first.at) / 1_000);
    await pause(20);
  }
  throw new Error(`receipts are not counted in ${options.minutes} min`);
}
