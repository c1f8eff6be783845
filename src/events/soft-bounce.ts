import type { Transaction } from '../adapters/postgres';
import type { CounterDelta } from '../metrics/counter-upsert';
import { attemptOnChannel } from '../shared/attempts';
import { crashPoint } from '../shared/crash-point';
import { CHUNK_CAUSE, DISPOSITION } from '../shared/ledger-codes';
import type { IngestContext } from './ingest-context';
import { numberArray } from './pg-array';
import type { TouchedMessage } from './touch-rules';

export interface LockedExecution {
  readonly takesAttempts: boolean;
}

/** A message that goes back to the queue; its attempt has been raised already. */
export interface Retry {
  readonly message: TouchedMessage;
  readonly at: number;
}

const TAKES_ATTEMPTS: ReadonlySet<string> = new Set(['running', 'paused', 'completed']);

/** What sending again needs of the ingest. */
export type AgainContext = Pick<IngestContext, 'clock' | 'executions' | 'softBounceBackoffMs'>;

/** Executions come first in the order of locks: only batches with soft bounces need theirs. */
export async function lockExecutions(
  tx: Transaction,
  softBounces: readonly { execNo: number }[],
): Promise<ReadonlyMap<number, LockedExecution>> {
  if (softBounces.length === 0) return new Map();
  const rows = await tx.query<{ exec_no: number; status: string }>(
    `select exec_no, status from campaign.execution where exec_no = any($1::bigint[])
     order by exec_no for no key update`,
    [numberArray([...new Set(softBounces.map(({ execNo }) => execNo))])],
  );
  return new Map(rows.map((row) => [row.exec_no, { takesAttempts: TAKES_ATTEMPTS.has(row.status) }]));
}

/**
 * Sent rows go back to the queue in list chunks of their own, due after a pause that grows with the attempt. An execution
 * that was completed runs again, one round later. All in the caller's transaction: a row is never queued without a chunk.
 */
export async function sendAgain(
  tx: Transaction,
  retries: readonly Retry[],
  context: AgainContext,
): Promise<CounterDelta[]> {
  if (retries.length === 0) return [];
  const messages = retries.map(({ message }) => message);
  await queueRows(tx, messages);
  await reopen(tx, messages);
  for (const group of Map.groupBy(messages, chunkKey).values()) await writeChunk(tx, group, context);
  crashPoint('soft-bounce:before-commit');
  return retries.map(({ message, at }) => ({
    execNo: message.execNo,
    orgNo: message.orgNo,
    variantNo: message.variantNo,
    channel: message.channel,
    at: new Date(at),
    changes: { sent: -1, queued: 1, bounced_back: 1 },
  }));
}

const chunkKey = (message: TouchedMessage): string =>
  `${message.execNo} ${message.channel} ${message.phase} ${attemptOnChannel(message)}`;

async function queueRows(tx: Transaction, messages: readonly TouchedMessage[]): Promise<void> {
  const columns = [
    numberArray(messages.map((message) => message.execNo)),
    numberArray(messages.map((message) => message.seq)),
    numberArray(messages.map((message) => message.attempt)),
    numberArray(messages.map((message) => message.contactNo)),
  ];
  await tx.query(
    `update campaign.message m set disposition = ${DISPOSITION.queued}, attempt = e.attempt, sent_at = null, gate = 0
     from unnest($1::bigint[], $2::int[], $3::smallint[]) as e (exec_no, seq, attempt)
     where m.exec_no = e.exec_no and m.seq = e.seq`,
    columns.slice(0, 3),
  );
  await tx.query(
    `delete from campaign.contact_pressure p using unnest($1::bigint[], $2::int[], $3::bigint[]) as e (exec_no, seq, contact_no)
     where p.contact_no = e.contact_no and p.exec_no = e.exec_no and p.seq = e.seq`,
    [columns[0], columns[1], columns[3]],
  );
}

async function reopen(tx: Transaction, messages: readonly TouchedMessage[]): Promise<void> {
  await tx.query(
    `update campaign.execution set status = 'running', round = round + 1, completed_at = null
     where exec_no = any($1::bigint[]) and status = 'completed'`,
    [numberArray([...new Set(messages.map((message) => message.execNo))])],
  );
}

async function writeChunk(tx: Transaction, group: readonly TouchedMessage[], context: AgainContext): Promise<void> {
  const [one] = group;
  if (!one) return;
  const facts = (await context.executions.load(tx, [one.execNo])).get(one.execNo);
  const backoff = context.softBounceBackoffMs;
  const pause = backoff[Math.min(attemptOnChannel(one) - 2, backoff.length - 1)] ?? 0;
  // From the last attempt on: what that one had waited for cost no time.
  const guarded = Math.max(...group.map((message) => message.guardedAt));
  const expires = guarded + (facts?.expiresAfterHours ?? 0) * 3_600_000;
  await tx.query(
    `insert into campaign.chunk (exec_no, org_no, channel, phase, due_at, expires_at, size, seqs, cause)
     values ($1, $2, $3, $4, $5, $6, $7, $8::int[], ${CHUNK_CAUSE.soft_bounce})`,
    [
      one.execNo,
      one.orgNo,
      one.channel,
      one.phase,
      new Date(context.clock().getTime() + pause),
      new Date(expires),
      group.length,
      numberArray(group.map((message) => message.seq).sort((a, b) => a - b)),
    ],
  );
}
