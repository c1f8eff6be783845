import type { Database, Transaction } from '../adapters/postgres';
import { type ChannelHours, isOpenWeek } from '../channel/channel-hours';
import { edgesOf } from '../channel/closed-until-sql';
import type { FrozenTest } from '../execution/frozen-plan';
import { rowsPaid } from '../guardrail/budget-grant';
import { crashPoint } from '../shared/crash-point';
import type { ChannelKind } from '../shared/ledger-codes';
import { guardOf, type Rests, testGuardOf } from './guard-sql';
import { putOffSql } from './put-off-sql';
import { type Grant, NotGranted, type Throttle, takeGrants } from './throttle';
import { chooseInTurn, chooseVariants, type VariantChoice } from './variant-choice';

/** A chunk as a hint names it: whoever guards first takes it; a stale or doubled hint finds another fence. */
export interface ChunkRef {
  readonly execNo: number;
  readonly chunkNo: number;
  readonly fence: number;
  /** That of its messages; absent: e-mail. */
  readonly channel?: ChannelKind;
}

/** A person who may be written to now, with what a template may say about them. */
export interface GuardedMessage {
  readonly seq: number;
  readonly attempt: number;
  /** The attempt that its channel began with; null and absent: the first. */
  readonly began?: number | null;
  readonly channel: ChannelKind;
  /** Where it goes: an e-mail address, a phone number, a token, or the organization's id of the person. */
  readonly to: string;
  /** Found in flight: an earlier holder may have written it under this very key. */
  readonly may_have_left: boolean;
  readonly contact_no: number;
  readonly variant_no: number;
  readonly guarded_at: Date;
  readonly external_id: string;
  readonly email: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly locale: string | null;
  readonly country: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Of a test: the address of the person whose data fills the template. */
  readonly shown_email?: string | null;
}

/** A message whose recipient is not written to at this hour: nothing was changed of it, and it is due when they are again. */
export interface PutOff {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/**
 * A slice of a chunk that this sender holds. `width` rows of the chunk are spoken for: `messages` may go, `putOff` are to
 * be carried into chunks of their own when the slice ends, and the rest is done with.
 */
export interface Slice {
  readonly fence: number;
  readonly width: number;
  readonly messages: readonly GuardedMessage[];
  readonly putOff: readonly PutOff[];
  /** The guard is good for 500 ms counted from here, before its statement was sent. */
  readonly askedAt: number;
}

/** How a slice is guarded. */
export interface GuardOptions {
  readonly take: boolean;
  /** The time; absent: the database's, which judges leases for all senders alike. */
  readonly now?: Date;
  readonly leaseMs: number;
  readonly rows: number;
  readonly takesKeys: boolean;
  readonly keyWindowMs: number;
  /** Limits that the slice must keep; each of them grants it, or none. */
  readonly throttles: readonly Throttle[];
  /** How long a message may wait past its due time; what it waits for limits does not count. */
  readonly expiresAfterHours: number;
  /** It sells: express consent and "do not sell" are asked for. */
  readonly commercial?: boolean | undefined;
  /** Messages may have come here from another channel. */
  readonly followsAnother?: boolean;
  readonly hours?: ChannelHours | null | undefined;
  /** How often the plan that all of this was read from had been edited; absent: never. */
  readonly planEdits?: number;
  /** Where the execution is a test. */
  readonly test?: FrozenTest | undefined;
  /** Whether the campaign has a budget, which no slice may exceed; `unasked`: it has one, and nothing leaves that it pays. */
  readonly budget?: boolean | 'unasked';
  /** How rows without a variant get theirs; absent where all have one. */
  readonly choice?: VariantChoice | undefined;
}

const HOUR_MS = 3_600_000;

type GuardRow = {
  fence: number;
  width: number;
  seq: number | null;
  guarded_at: number;
  /** Null in a row that waits for its variant. */
  variant_no: number | null;
  put_off?: readonly PutOff[] | null;
  /** Of every channel but e-mail. */
  address?: string;
} & Omit<GuardedMessage, 'seq' | 'guarded_at' | 'variant_no' | 'channel' | 'to'>;

/**
 * Guards the next slice; undefined when the chunk is not (or no longer) ours to work on: taken by another, finished,
 * paused, cancelled, not due, or without a grant of the throttle.
 *
 * Crash after the commit: the rows stay in flight, the lease lapses, the next holder guards them again with their keys.
 */
export async function guardSlice(database: Database, ref: ChunkRef, options: GuardOptions): Promise<Slice | undefined> {
  const askedAt = performance.now();
  const rows =
    options.throttles.length > 0 || options.choice || options.budget === true
      ? await guardTogether(database, ref, options)
      : await runGuard(database, ref, options, { granted: options.rows, heldUntil: null });
  const [first] = rows;
  if (!first) return undefined;
  return {
    fence: first.fence,
    width: first.width,
    messages: rows.flatMap((row) => messageOf(row, ref.channel ?? 'email')),
    putOff: first.put_off ?? [],
    askedAt,
  };
}

// Milliseconds, for reading a timestamp's words costs as much as the rest of the row.
function messageOf(
  { fence: _, width: __, put_off: ___, address, seq, variant_no, guarded_at: guardedAt, ...rest }: GuardRow,
  channel: ChannelKind,
): GuardedMessage[] {
  const to = address ?? rest.email;
  if (seq === null || variant_no === null || to === null) return [];
  return [{ ...rest, seq, variant_no, channel, to, guarded_at: new Date(guardedAt) }];
}

function runGuard(
  on: Transaction,
  { execNo, chunkNo, fence, channel = 'email' }: ChunkRef,
  options: GuardOptions,
  { granted, heldUntil }: Grant,
): Promise<GuardRow[]> {
  const { take, now, leaseMs, takesKeys, keyWindowMs, hours, planEdits = 0, test } = options;
  const earliest = expiresNotBefore(heldUntil, options);
  const slice = [execNo, chunkNo, fence, take ? 1 : 0, now, leaseMs, granted];
  const values = [...slice, takesKeys, keyWindowMs, earliest, planEdits];
  if (test) {
    const { name, text } = testGuardOf(channel);
    return on.query<GuardRow>(text, [...values, test.sampleContactNo], name);
  }
  const { name, text } = guardOf(channel, options, restsOf(hours));
  return on.query<GuardRow>(text, [...values, ...restValues(hours)], name);
}

const expiresNotBefore = (heldUntil: Grant['heldUntil'], { expiresAfterHours }: GuardOptions): Date | null =>
  heldUntil && new Date(heldUntil.getTime() + expiresAfterHours * HOUR_MS);

function restsOf(hours: GuardOptions['hours']): Rests {
  if (!hours) return 'none';
  if (isOpenWeek(hours)) return 'windows';
  return hours.also ? 'two' : 'one';
}

function restValues(hours: GuardOptions['hours']): unknown[] {
  if (!hours) return [];
  const { timeZone, skips } = hours;
  if (isOpenWeek(hours)) {
    const [open, windows] = [edgesOf(hours.open), edgesOf(hours.windows)];
    return [open.opens, open.closes, timeZone, skips, windows.opens, windows.closes];
  }
  const { from, until, also } = hours;
  return [from, until, timeZone, skips, ...(also ? [also.from, also.until] : [])];
}

/**
 * Grants, guard and the choice of variants commit together: a grant that nobody used up cannot exist, nor a hand-over
 * without one, nor a row in flight without a variant. When one limit grants and another does not, or the chunk is not to
 * be had, what was granted is given back.
 */
async function guardTogether(database: Database, ref: ChunkRef, options: GuardOptions): Promise<GuardRow[]> {
  const { throttles, choice, now } = options;
  try {
    return await database.transaction(async (tx) => {
      const paid = await paidRows(tx, ref, options);
      if (choice?.isSpread) await chooseInTurn(tx, ref.execNo);
      const grant =
        throttles.length > 0
          ? await takeGrants(tx, ref, { ...options, rows: paid })
          : { granted: paid, heldUntil: null };
      const rows = await runGuard(tx, ref, options, grant);
      if (rows.length === 0) throw new NotGranted();
      if (options.take && isPutOff(rows)) throw new PutOffAll(expiresNotBefore(grant.heldUntil, options));
      const claimed = choice ? await chooseVariants(tx, rows, { ...choice, execNo: ref.execNo, now }) : rows;
      crashPoint('claim:before-commit');
      return claimed;
    });
  } catch (error) {
    if (error instanceof PutOffAll) await putOffHead(database, ref, options, error.earliest);
    else if (!(error instanceof NotGranted)) throw error;
    return [];
  }
}

/** Everybody of the slice is put off. Thrown to undo what was granted: nobody uses it. */
class PutOffAll extends Error {
  override readonly name = 'PutOffAll';

  /** Nothing of it expires before; null without limits. */
  constructor(readonly earliest: Date | null) {
    super();
  }
}

const isPutOff = ([first, ...others]: readonly GuardRow[]): boolean =>
  first !== undefined && others.length === 0 && first.seq === null && first.put_off?.length === first.width;

// Crash before it: the chunk is as it was, and hinted again. After it: they wait in list chunks, and the chunk is past them.
async function putOffHead(
  database: Database,
  { execNo, chunkNo, fence }: ChunkRef,
  { hours, now, planEdits = 0 }: GuardOptions,
  earliest: Date | null,
): Promise<void> {
  if (!hours) return;
  const { text, values } = putOffSql(hours, [execNo, chunkNo, fence, now, planEdits, earliest]);
  crashPoint('put-off:before');
  await database.query(text, values, `put-off ${restsOf(hours)}`);
  crashPoint('put-off:after-commit');
}

async function paidRows(tx: Transaction, ref: ChunkRef, options: GuardOptions): Promise<number> {
  const { budget, rows, now, expiresAfterHours, throttles } = options;
  const limits = throttles.map(({ scope }) => scope);
  const paid = budget === true ? await rowsPaid(tx, { ...ref, rows, now, expiresAfterHours, limits }) : rows;
  if (paid === 0) throw new NotGranted();
  return paid;
}
