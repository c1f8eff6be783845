import type { Transaction } from '../adapters/postgres';
import { CHANNEL, CHUNK_CAUSE } from '../shared/ledger-codes';

/** Messages in one list chunk at most. */
const CHUNK = 500;

const NOW = 'coalesce($1::timestamptz, statement_timestamp())';

// The resume adds what lasts from now on, as of every chunk that is due in a pause.
const PAUSED_NOW = `case when e.status = 'paused' then greatest(${NOW} - c.paused_at, '0') else '0' end`;

/**
 * Messages that wait no longer go into list chunks that are due now, one statement: a row is never in both places, nor in
 * none. They expire when their wait would have ended, of which a pause that still lasts is no part; if that has passed, their
 * chunk is due no earlier than it expires, and a sender does nothing with it but say so. The caller holds the lock of their
 * organizations. Rows go by their place, not by their key: whatever statistics say, nobody else's row is read.
 */
const releaseSql = (which: string) => `
with gone as (
  delete from campaign.login_wait w where w.ctid = any (array(${which}))
  returning w.exec_no, w.org_no, w.phase, w.seq, w.since, w.until
),
parts as (
  select g.*, (row_number() over (partition by exec_no, phase, until order by seq) - 1) / ${CHUNK} as part from gone g
),
chunks as (
  insert into campaign.chunk (exec_no, org_no, channel, phase, due_at, expires_at, size, seqs, cause, made_at)
  select p.exec_no, min(p.org_no), ${CHANNEL.in_app}, p.phase, ${NOW}, p.until + e.paused_for + ${PAUSED_NOW},
    count(*), array_agg(p.seq order by p.seq), ${CHUNK_CAUSE.login}, min(p.since)
  from parts p join campaign.execution e on e.exec_no = p.exec_no join campaign.campaign c on c.campaign_no = e.campaign_no
  group by p.exec_no, e.status, e.paused_for, c.paused_at, p.phase, p.until, p.part
  order by p.exec_no, p.phase, p.until, p.part
)
select count(*)::int as n from gone`;

const BY_CONTACT = releaseSql(`select o.place from unnest($2::bigint[]) as c (contact_no)
    cross join lateral (select ctid as place from campaign.login_wait o where o.contact_no = c.contact_no offset 0) o`);

const ENDED = `select o.ctid from campaign.login_wait o join campaign.execution e on e.exec_no = o.exec_no
    where o.exec_no = $2 and (e.status = 'cancelled' or e.status = 'running'
      and o.until <= ${NOW} - e.paused_for)
    order by o.until limit $3`;
const BY_END = releaseSql(ENDED);

/** Those of people who are there now. Answers how many. */
export const releaseFor = async (
  tx: Transaction,
  contactNos: readonly number[],
  now: Date | undefined,
): Promise<number> => count(await tx.query(BY_CONTACT, [now, contactNos], 'login-release'));

/** Those of one execution whose wait is over: they expire, or are cancelled with it. Answers how many, `most` at most. */
export const releaseEnded = async (
  tx: Transaction,
  { execNo, most, now }: { readonly execNo: number; readonly most: number; readonly now: Date | undefined },
): Promise<number> => count(await tx.query(BY_END, [now, execNo, most], 'login-release-ended'));

const count = (rows: readonly { n?: number }[]): number => rows[0]?.n ?? 0;
