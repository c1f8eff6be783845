import type { Database } from '../src/adapters/postgres';
import { CHANNEL, DISPOSITION, EXECUTION_KIND, TOUCH } from '../src/shared/ledger-codes';

/** Executions of the past, by their keys, and the campaigns that they were. */
export interface AudienceHistory {
  readonly autumn: PastExecution;
  readonly winter: PastExecution;
}

export interface PastExecution {
  readonly execNo: number;
  readonly campaignId: string;
}

/** Whose people, how many, and what time it is. */
export interface AudienceGround {
  readonly orgNo: number;
  readonly people: number;
  readonly at: Date;
}

/**
 * A directory and two campaigns of the past, each in a few statements: four people in five were sent the one, every other
 * one the other. Every fact about a person follows from their number, so that no two facts have the same people.
 */
export async function makeAudience(database: Database, ground: AudienceGround): Promise<AudienceHistory> {
  await database.query("select campaign.ensure_ledger_partitions($1::timestamptz - interval '2 months', 4)", [
    ground.at,
  ]);
  await database.query(CONTACTS, [ground.orgNo, ground.people]);
  await database.query(SUPPRESSED, [ground.orgNo]);
  return {
    autumn: await makePast(database, ground, { name: 'autumn', days: 20, sent: 'n % 5 <> 0', opened: 'n % 3 = 0' }),
    winter: await makePast(database, ground, { name: 'winter', days: 6, sent: 'n % 2 = 0', opened: 'n % 7 = 0' }),
  };
}

const CONTACTS = `
insert into campaign.contact (org_no, external_id, email, email_valid, email_opted_in, country, time_zone, tags, attributes)
select $1, 'person-' || n, 'person-' || n || '@example.com', n % 41 <> 0, n % 13 <> 0,
  (array['DE', 'FR', 'US', 'AT'])[1 + n % 4], (array['Europe/Berlin', 'America/New_York', null])[1 + n % 3],
  case when n % 6 = 0 then array['vip'] else '{}' end, jsonb_build_object('n', n, 'tier', n % 10)
from generate_series(1, $2::int) n`;

const SUPPRESSED = `
insert into campaign.suppression (org_no, contact_no, channel, reason)
select org_no, contact_no, 0, 'unsubscribed' from campaign.contact where org_no = $1 and (attributes ->> 'n')::int % 29 = 0`;

interface Past {
  readonly name: string;
  readonly days: number;
  /** Of a person's number n: to whom it was sent, and who of them opened it. */
  readonly sent: string;
  readonly opened: string;
}

async function makePast(database: Database, { orgNo, at }: AudienceGround, past: Past): Promise<PastExecution> {
  const campaignId = `cmp_${past.name}`;
  const when = new Date(at.getTime() - past.days * 86_400_000);
  const [row] = await database.query<{ exec_no: number }>(EXECUTION, [campaignId, orgNo, when, `exe_${past.name}`]);
  const execNo = row?.exec_no ?? 0;
  await database.query(messages(past), [execNo, orgNo, when]);
  await database.query(TOUCHES, [execNo]);
  return { execNo, campaignId };
}

const EXECUTION = `
with made as (
  insert into campaign.campaign (id, org_no, name, type, status, created_by, created_at, updated_by, updated_at)
  values ($1, $2, $1, 'ONE_TIME', 'completed', 'bench', $3, 'bench', $3) returning campaign_no
)
insert into campaign.execution (exec_no, id, org_no, campaign_no, kind, occurrence, status, plan, upper_contact_no,
  audience_closed, created_at, started_at, completed_at)
select campaign.next_exec_no($3), $4, $2, campaign_no, ${EXECUTION_KIND.MANUAL}, 'once', 'completed', '{"goals": []}', 0,
  true, $3, $3, $3 from made
returning exec_no`;

// Opened up to a week after it was sent; one in five who opened it clicked.
const messages = ({ sent, opened }: Past): string => `
insert into campaign.message (exec_no, seq, org_no, contact_no, judged_at, slot, channel, variant_no, disposition, eligible,
  sent_at, delivered_at, opened_at, clicked_at)
select $1, row_number() over (order by contact_no), $2, contact_no, $3, ${CHANNEL.email}, ${CHANNEL.email}, 1,
  ${DISPOSITION.sent}, true, $3, $3, case when ${opened} then at end, case when ${opened} and n % 5 = 1 then at end
from (select contact_no, (attributes ->> 'n')::int as n from campaign.contact where org_no = $2) c
cross join lateral (select $3::timestamptz + make_interval(mins => n % 10080) as at) moment
where ${sent}`;

const TOUCHES = `
insert into campaign.touch (exec_no, seq, kind, at, org_no, channel)
select exec_no, seq, ${TOUCH.opened}, opened_at, org_no, channel from campaign.message
where exec_no = $1 and opened_at is not null
union all select exec_no, seq, ${TOUCH.clicked}, clicked_at, org_no, channel from campaign.message
where exec_no = $1 and clicked_at is not null`;
