import type { Transaction } from '../adapters/postgres';
import { lockForLogins } from './login-locks';
import { releaseFor } from './login-release';
import type { SessionEvent } from './session-event';

/** A session event whose organization we know. */
export type LocatedSessionEvent = SessionEvent & { readonly orgNo: number };

/** How sessions are judged. */
export interface SessionRules {
  /** The time; absent: the database's. */
  readonly now?: Date;
  /** Who says nothing more is taken to be there for so long. */
  readonly minutes: number;
}

/**
 * Writes down who came and went, and sends on what waited for those who are there. Times only move forward, so an event that
 * comes twice, late or out of order changes nothing; that of a session that is over wakes nobody's messages. Answers how many
 * messages go on.
 */
export async function takeSessions(
  tx: Transaction,
  events: readonly LocatedSessionEvent[],
  { now, minutes }: SessionRules,
): Promise<number> {
  await lockForLogins(
    tx,
    events.map(({ orgNo }) => orgNo),
  );
  const times = (kind: SessionEvent['kind']) =>
    events.map((event) => (event.kind === kind ? new Date(event.at) : null));
  const rows = await tx.query<{ contact_no: number; present: boolean }>(
    KEEP_SQL,
    [
      events.map(({ orgNo }) => orgNo),
      events.map(({ externalId }) => externalId),
      times('started'),
      times('ended'),
      minutes,
      now,
    ],
    'sessions-keep',
  );
  const present = rows.filter((row) => row.present).map((row) => row.contact_no);
  return present.length === 0 ? 0 : releaseFor(tx, present, now);
}

const NOW = 'coalesce($6::timestamptz, statement_timestamp())';

const until = (started: string, ended: string): string =>
  `case when ${started} is null or ${ended} > ${started} then ${ended} else ${started} + make_interval(mins => $5::int) end`;

// A clock that is ahead makes no session longer.
const latest = (time: string): string => `max(least(${time}, ${NOW})) filter (where ${time} is not null)`;

const STARTED = 'greatest(s.started_at, excluded.started_at)';
const LEFT = 'greatest(s.ended_at, excluded.ended_at)';

const KEEP_SQL = `
with told as (
  select org_no, external_id, ${latest('started_at')} as started_at, ${latest('ended_at')} as ended_at
  from unnest($1::int[], $2::text[], $3::timestamptz[], $4::timestamptz[]) as e (org_no, external_id, started_at, ended_at)
  group by 1, 2
),
found as (
  select c.contact_no, t.org_no, t.started_at, t.ended_at from told t
  cross join lateral (
    select contact_no from campaign.contact c
    where c.org_no = t.org_no and c.external_id = t.external_id and c.erased_at is null offset 0
  ) c
)
insert into campaign.contact_session as s (contact_no, org_no, started_at, ended_at, until)
select contact_no, org_no, started_at, ended_at, ${until('started_at', 'ended_at')} from found order by contact_no
on conflict (contact_no) do update
set started_at = ${STARTED}, ended_at = ${LEFT}, until = ${until(STARTED, LEFT)}
returning contact_no, until > ${NOW} as present`;
