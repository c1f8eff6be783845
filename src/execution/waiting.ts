import type { LoaderDefinition } from '../graphql/loaders';
import { costSql, spentSql } from '../guardrail/spent-sql';
import { PATIENCE_SECONDS } from '../localization/word-freezing';
import { DISPOSITION } from '../shared/ledger-codes';
import type { WaitingForType, WaitingReason } from './execution.types';

/** The open work of an execution, as its chunks tell it. */
export interface OpenWork {
  readonly status: string;
  /** Whether everybody of the audience is in a chunk, or stands beside one. */
  readonly closed: boolean;
  /** Chunks that a sender holds at this moment. */
  readonly leased: number;
  readonly nextDue: Date | null;
  /** The first message of what is due next. */
  readonly next: NextMessage | null;
  /** When the last lease ended of those that nobody took up again. */
  readonly lastLease: Date | null;
  /** When the limits of the campaign and of its organization give again. */
  readonly freeAt: Date | null;
  /** Whether the rest of the campaign's budget does not pay what is due next. */
  readonly unpaid: boolean;
  /** With the audience closed: when the last of those who wait for a login waits no longer. */
  readonly loginsUntil: Date | null;
  /** Since when strings or prices are waited for, of which a service never said anything. */
  readonly wordsSince: Date | null;
}

/** A message that waits, and its chunk: together they say what for. */
interface NextMessage {
  readonly disposition: number;
  readonly attempt: number;
  /** It has no variant before its test ends or its batch is due. */
  readonly undecided: boolean;
  /** It would be due by now if it were not for the hours of the day. */
  readonly held: boolean;
  /** The last minute before it is due lies outside of the send windows. */
  readonly outside: boolean;
  /** Each person has a time of their day. */
  readonly local: boolean;
}

/** A due chunk that nobody took for this long means that nobody is there to take it. */
const STALLED_AFTER_MS = 30_000;

export const openWorkOf: LoaderDefinition<number, OpenWork> = {
  keyOf: String,
  read: async (transaction, numbers, { now }) => {
    const rows = await transaction.query<OpenWork & { execNo: number }>(
      `select e.exec_no as "execNo", e.status, e.audience_closed as closed,
         count(k.chunk_no) filter (where k.lease_until > $2)::int as leased,
         min(k.due_at) as "nextDue", (${NEXT_SQL}) as next, max(k.lease_until) filter (where k.lease_until <= $2) as "lastLease",
         min((select coalesce(max(free_at), $2) from campaign.limiter where scope in ('campaign:' || e.campaign_no,
           'organization:' || e.org_no, 'organization:' || e.org_no || ':' || k.channel)))
           filter (where k.due_at <= $2) as "freeAt",
         coalesce(bool_or(c.budget is not null and ${costSql('c.budget', 'k.channel')}
           > (c.budget ->> 'amount')::numeric - ${spentSql('c.campaign_no', 'c.budget')}) filter (where k.due_at <= $2), false) as unpaid,
         case when e.audience_closed then (select max(until) from campaign.login_wait w where w.exec_no = e.exec_no) + e.paused_for
           end as "loginsUntil",
         (select min(asked_at) from campaign.execution_words w where w.exec_no = e.exec_no and w.words is null) as "wordsSince"
       from campaign.execution e
       join campaign.campaign c on c.campaign_no = e.campaign_no
       left join campaign.chunk k on k.exec_no = e.exec_no and k.state = 0
       where e.exec_no = any($1::int8[]) group by e.exec_no, c.campaign_no`,
      [numbers, now()],
    );
    return new Map(rows.map((row) => [String(row.execNo), row]));
  },
};

/** What an execution waits for; nothing while it moves or has ended. */
export function waitingFor(work: OpenWork, now: Date): WaitingForType | undefined {
  if (work.status === 'paused') return { reason: 'PAUSE', until: null };
  if (work.status !== 'running' || work.leased > 0) return undefined;
  if (!work.nextDue) return work.loginsUntil ? { reason: 'LOGIN', until: work.loginsUntil } : undefined;
  if (work.unpaid) return { reason: 'BUDGET', until: null };
  // Who comes out of the expansion next may be due at once.
  if (work.nextDue > now && !work.closed) return undefined;
  if (work.nextDue > now) return { reason: reasonOf(work.next), until: work.nextDue };
  if (work.wordsSince) return { reason: 'LOCALIZATION', until: patienceEnds(work.wordsSince) };
  return work.freeAt && work.freeAt > now ? { reason: 'THROTTLE', until: work.freeAt } : undefined;
}

// A message is due later only if its person is not written to at this hour, if it was tried before, or if it waits for its
// variant.
function reasonOf(next: NextMessage | null): WaitingReason {
  if (next === null) return 'DUE_TIME';
  const hours = next.outside ? 'WINDOW' : 'QUIET_HOURS';
  if (next.held) return hours;
  if (next.disposition === DISPOSITION.in_flight) return 'PROVIDER';
  if (next.attempt > 1) return 'RETRY';
  if (next.undecided) return 'EXPERIMENT';
  return next.local ? 'LOCAL_TIME' : hours;
}

const NEXT_SQL = `select jsonb_build_object('disposition', m.disposition, 'attempt', m.attempt,
    'undecided', n.phase = 1 and m.variant_no is null, 'held', coalesce(n.ready_at <= $2, false), 'local', e.plan -> 'localTime' is not null,
    'outside', coalesce((select campaign.closed_until(n.due_at - interval '1 minute', c.time_zone, w.windows ->> 'timeZone',
        array(select (range ->> 0)::int from jsonb_array_elements(w.windows -> 'open') range),
        array(select (range ->> 1)::int from jsonb_array_elements(w.windows -> 'open') range)) is not null
      from (select e.plan -> 'windows' as windows) w left join campaign.contact c on c.contact_no = m.contact_no
      where w.windows is not null), false))
  from (select * from campaign.chunk where exec_no = e.exec_no and state = 0 order by due_at, chunk_no limit 1) n
  join campaign.message m on m.exec_no = n.exec_no and m.seq = coalesce(n.seqs[n.cursor + 1], n.first_seq + n.cursor)`;

const patienceEnds = (since: Date): Date => new Date(since.getTime() + PATIENCE_SECONDS * 1_000);

/** Why an execution stands still although it should not; nothing when it does not. */
export function stalledReason(work: OpenWork, now: Date): string | undefined {
  if (work.status !== 'running' || work.leased > 0 || !work.nextDue || waitingFor(work, now)) return undefined;
  const since = Math.max(work.nextDue.getTime(), work.lastLease?.getTime() ?? 0);
  if (now.getTime() - since < STALLED_AFTER_MS) return undefined;
  return `no sender has taken work that is due since ${new Date(since).toISOString()}`;
}
