import type { Database } from '../src/adapters/postgres';
import { CHANNEL, DISPOSITION, REASON } from '../src/shared/ledger-codes';

/** How much a benchmark of the API has to read. */
export interface LedgerSize {
  readonly campaigns: number;
  readonly messages: number;
}

/** Each campaign has run so often. */
export const EXECUTIONS = 3;

/** More than any execution has people, so that nobody has two messages of one. */
const contactsFor = ({ campaigns, messages }: LedgerSize): number =>
  Math.max(1_000, Math.ceil(messages / (campaigns * EXECUTIONS)));

/** Campaigns, variants, executions, messages and their counters, each in one statement, as finished sends leave them. */
export async function buildLedger(database: Database, organizationId: string, size: LedgerSize): Promise<void> {
  const [org] = await database.query<{ no: number }>('select campaign.ensure_organization($1) as no', [organizationId]);
  if (org === undefined) throw new Error(`organization ${organizationId} could not be made`);
  await database.query("select campaign.ensure_ledger_partitions(now() - interval '1 month', 4)");
  await database.query(contacts, [org.no, contactsFor(size)]);
  await database.query(campaigns, [org.no, size.campaigns]);
  await database.query(variants, [org.no]);
  await database.query(channels, [org.no]);
  await database.query(executions, [org.no, EXECUTIONS, organizationId]);
  await database.query(messages, [org.no, size.campaigns * EXECUTIONS, size.messages]);
  await database.query(counters, [org.no]);
  await database.query(reasons, [org.no]);
}

const contacts = `insert into campaign.contact (org_no, external_id, email, email_valid, email_opted_in)
select $1, 'usr_' || n, 'p' || n || '@example.com', true, true from generate_series(1, $2::int) n`;

const campaigns = `insert into campaign.campaign (id, org_no, name, description, type, status, conversion_goals, tags,
  created_by, created_at, updated_by, updated_at, started_at, completed_at)
select 'cmp_' || n, $1, 'campaign ' || n, 'the campaign of a benchmark', 'ONE_TIME',
  case when n % 20 = 0 then 'draft' else 'completed' end,
  '[{"eventType": "order.completed", "valueField": "value", "windowDays": 7}]', array['bench', 'tag-' || n % 50],
  'usr_1', now() - interval '20 days', 'usr_1', now(), now() - interval '19 days', now() - interval '1 day'
from generate_series(1, $2::int) n order by n`;

const variants = `insert into campaign.variant (campaign_no, variant_no, id, org_no, name, is_control, allocation)
select c.campaign_no, v, 'var_' || c.campaign_no || '_' || v, $1, case v when 1 then 'A' else 'B' end, v = 1, 50
from campaign.campaign c, generate_series(1, 2) v where c.org_no = $1`;

const channels = `insert into campaign.channel (campaign_no, variant_no, kind, id, org_no, content, content_hash)
select campaign_no, variant_no, ${CHANNEL.email}, 'chn_' || campaign_no || '_' || variant_no, $1,
  jsonb_build_object('subject', 'Hello {{ firstName }}', 'html', repeat('<p>Good day.</p>', 50)), md5(id)
from campaign.variant where org_no = $1`;

const executions = `insert into campaign.execution (exec_no, id, org_no, campaign_no, kind, occurrence, status, plan,
  upper_contact_no, audience_closed, created_at, started_at, closed_at, completed_at)
select campaign.next_exec_no(at), 'exe_' || c.campaign_no || '_' || n, $1, c.campaign_no, 0, 'run-' || n, 'completed',
  jsonb_build_object('campaignId', c.id, 'organizationId', $3::text, 'name', c.name, 'salt', 's', 'include', '[]'::jsonb,
    'exclude', '[]'::jsonb, 'holdoutPercentage', 0, 'assignment', c.assignment, 'channels', '["email"]'::jsonb,
    'throttle', null, 'expiresAfterHours', 72, 'trackClicks', true, 'trackOpens', true,
    'goals', '[{"no": 1, "eventType": "order.completed", "windowDays": 7}]'::jsonb, 'variants', v.all),
  0, true, at, at, at, at + interval '1 hour'
from campaign.campaign c
cross join generate_series(1, $2::int) n
cross join lateral (select now() - make_interval(days => 20 - n) as at) moment
cross join lateral (select jsonb_agg(jsonb_build_object('no', variant_no, 'id', id, 'name', name, 'isControl', is_control,
  'allocation', 5000, 'content', '{}'::jsonb) order by variant_no) as all
  from campaign.variant where campaign_no = c.campaign_no) v
where c.org_no = $1 order by n, c.campaign_no`;

// Of 100 people 5 are skipped and 2 fail; of the others most get it, a third opens it and a tenth clicks.
const messages = `insert into campaign.message (exec_no, seq, org_no, contact_no, judged_at, guarded_at, sent_at,
  delivered_at, opened_at, clicked_at, slot, channel, variant_no, gate, disposition, eligible)
select e.exec_no, n, $1, first.no + n - 1, e.started_at, e.started_at, sent, sent,
  case when n % 3 = 0 then sent end, case when n % 9 = 0 then sent end, ${CHANNEL.email}, ${CHANNEL.email}, n % 2 + 1,
  case when n % 100 < 5 then ${REASON.no_consent} when n % 100 < 7 then ${REASON.refused} else 0 end,
  case when n % 100 < 5 then ${DISPOSITION.skipped} when n % 100 < 7 then ${DISPOSITION.failed}
    else ${DISPOSITION.sent} end, n % 100 >= 5
from (select *, row_number() over (order by exec_no) as place from campaign.execution where org_no = $1) e
cross join (select min(contact_no) as no from campaign.contact where org_no = $1) first
cross join lateral generate_series(1, ($3::bigint * e.place / $2 - $3::bigint * (e.place - 1) / $2)::int) n
cross join lateral (select case when n % 100 >= 7 then e.started_at + make_interval(secs => n % 3600) end as sent) times`;

const counters = `insert into campaign.counter (exec_no, variant_no, channel, goal, bucket, org_no, audience, people, eligible,
  sent, failed, skipped, delivered, opened, opens, clicked, clicks)
select exec_no, variant_no, channel, 0, date_trunc('hour', judged_at), org_no, count(*), count(*),
  count(*) filter (where eligible), count(*) filter (where disposition = ${DISPOSITION.sent}),
  count(*) filter (where disposition = ${DISPOSITION.failed}), count(*) filter (where disposition = ${DISPOSITION.skipped}),
  count(delivered_at), count(opened_at), count(opened_at), count(clicked_at), count(clicked_at)
from campaign.message where org_no = $1 group by 1, 2, 3, 5, 6`;

const reasons = `insert into campaign.reason_counter (exec_no, reason, variant_no, org_no, n)
select exec_no, gate, variant_no, org_no, count(*) from campaign.message where org_no = $1 and gate > 0 group by 1, 2, 3, 4`;
