import { ZONE_FROM } from '../channel/person-facts';
import type { FrozenPlan } from '../execution/frozen-plan';
import type { LoaderDefinition } from '../graphql/loaders';
import type { MessageKey } from './message-reader';

/** What is known of how a message was judged, and of its way since. */
export interface MessageJudgement {
  readonly plan: FrozenPlan;
  /** When its execution started, and its person was judged. */
  readonly startedAt: Date;
  readonly judgedAt: Date;
  /** Nothing of who was erased. */
  readonly userId: string | null;
  /** 1: its variant was open at the start, so no draw decided it. */
  readonly phase: number;
  readonly channelNo: number;
  readonly reasonNo: number;
  /** What its channels asked of its person at the start (src/channel/person-facts.ts). */
  readonly facts: number | null;
  /** Which rules of the audience held of them then, where that differs (src/audience/rules-held.ts). */
  readonly rulesHeld: number | null;
  /** Their time zone of then; nothing where it was unknown, or did not matter. */
  readonly timeZone: string | null;
  readonly locale: string | null;
  /** Languages of its content beside the first. */
  readonly locales: readonly string[];
  readonly guardedAt: Date | null;
  readonly sentAt: Date | null;
  readonly attempts: number;
  /** Chunks that it waited in, in their order. */
  readonly waits: readonly Wait[];
  /** Limits that granted its last check. */
  readonly limits: readonly string[];
  /** When the gate that stopped it did so, at which attempt, and what it saw then. */
  readonly at: Date | null;
  readonly attempt: number | null;
  readonly seen: StoppedSeen | null;
}

/** Why a message waited, since when and until when. */
interface Wait {
  readonly cause: number;
  readonly since: string | null;
  readonly until: string;
  readonly expiresAt: string;
}

/** `message_exception.seen`: of the start the suppressions alone, for the rest is kept of everybody. */
export interface StoppedSeen {
  readonly facts?: number;
  readonly suppressions?: readonly SeenSuppression[] | null;
  readonly [more: string]: unknown;
}

/** A suppression as a gate saw it; channel 0: every one. */
interface SeenSuppression {
  readonly channel: number;
  readonly reason: string;
  readonly since: string;
}

const keyOf = ({ execNo, seq }: MessageKey): string => `${execNo} ${seq}`;

/** How messages were judged. */
export const judgementOfMessage: LoaderDefinition<MessageKey, MessageJudgement> = {
  keyOf,
  read: async (transaction, keys) => {
    const rows = await transaction.query<MessageKey & MessageJudgement>(READ, [
      keys.map(({ execNo }) => execNo),
      keys.map(({ seq }) => seq),
    ]);
    return new Map(rows.map((row) => [keyOf(row), row]));
  },
};

const LIES_IN = `k.exec_no = m.exec_no and (k.seqs is null and m.seq between k.first_seq and k.last_seq or m.seq = any(k.seqs))`;

// Grants are found by their time, which is that of the guard whose transaction wrote them; they are kept for a while.
const GRANTED = `select distinct g.scope from campaign.throttle_grant g join campaign.chunk k using (exec_no, chunk_no)
  where g.granted_at between m.guarded_at - interval '1 minute' and m.guarded_at + interval '1 minute' and ${LIES_IN}
    and coalesce(array_position(k.seqs, m.seq) - 1, m.seq - k.first_seq) between g.cursor and g.cursor + g.granted - 1`;

// A chunk that is divided is one wait: its parts are alike in this.
const READ = `
select m.exec_no as "execNo", m.seq, m.phase, m.channel as "channelNo", m.gate as "reasonNo", m.facts, m.rules_held as "rulesHeld", m.locale,
  m.guarded_at as "guardedAt", m.sent_at as "sentAt", m.attempt as attempts, m.judged_at as "judgedAt", e.plan, e.created_at as "startedAt",
  c.external_id as "userId",
  x.at, x.attempt, x.seen, z.name as "timeZone",
  array(
    select jsonb_object_keys(t.compiled -> 'locales')
    from jsonb_array_elements(e.plan -> 'variants') v cross join jsonb_each_text(v -> 'content') h
    join campaign.content t on t.org_no = m.org_no and t.hash = h.value and t.channel = m.channel
    where (v ->> 'no')::int = m.variant_no
  ) as locales,
  coalesce((
    select jsonb_agg(jsonb_build_object('cause', k.cause, 'since', k.made_at, 'until', k.due_at, 'expiresAt', k.expires_at)
      order by k.chunk_no)
    from (
      select min(k.chunk_no) as chunk_no, k.cause, k.made_at, k.due_at, k.expires_at
      from campaign.chunk k where ${LIES_IN} group by k.cause, k.made_at, k.due_at, k.expires_at
    ) k
  ), '[]') as waits,
  array(${GRANTED}) as limits
from unnest($1::int8[], $2::int4[]) as wanted (exec_no, seq)
join campaign.message m on m.exec_no = wanted.exec_no and m.seq = wanted.seq
join campaign.execution e on e.exec_no = m.exec_no
left join campaign.contact c on c.contact_no = m.contact_no and c.erased_at is null
left join campaign.message_exception x on x.exec_no = m.exec_no and x.reason = m.gate and x.seq = m.seq
left join campaign.time_zone z on z.no = m.facts >> ${ZONE_FROM}
where m.org_no = campaign.current_org()`;
