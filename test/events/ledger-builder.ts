import type { Database } from '../../src/adapters/postgres';
import type { FrozenGoal, FrozenPlan } from '../../src/execution/frozen-plan';
import { CHANNEL, DISPOSITION, type Disposition } from '../../src/shared/ledger-codes';

export interface BuiltExecution {
  readonly execNo: number;
  readonly orgNo: number;
  readonly organizationId: string;
  readonly campaignId: string;
  readonly campaignNo: number;
}

export interface ExecutionWish {
  readonly name: string;
  readonly people: number;
  /** By person's number from 0; `sent` when absent. */
  readonly disposition?: (n: number) => Disposition;
  readonly goals?: readonly FrozenGoal[];
  readonly judgedAt?: Date;
  readonly organizationId?: string;
  readonly audienceClosed?: boolean;
}

const PLAN_BASE = {
  salt: 's',
  include: [],
  exclude: [],
  holdoutPercentage: 0,
  assignment: { kind: 'HASH' },
  channels: ['email'],
  throttle: null,
  expiresAfterHours: 72,
  trackClicks: true,
  trackOpens: true,
} as const;

/** An execution with its rows and counters, as expansion and settle would have left it. */
export async function buildExecution(database: Database, wish: ExecutionWish): Promise<BuiltExecution> {
  const organizationId = wish.organizationId ?? 'org-1';
  const judgedAt = wish.judgedAt ?? new Date('2026-11-20T10:00:00Z');
  const [org] = await database.query<{ no: number }>('select campaign.ensure_organization($1) as no', [organizationId]);
  const orgNo = org?.no ?? 0;
  const campaignId = `cmp_${wish.name}`;
  const [campaign] = await database.query<{ campaign_no: number }>(
    `insert into campaign.campaign (id, org_no, name, type, created_by, created_at, updated_by, updated_at)
     values ($1, $2, $1, 'ONE_TIME', 't', $3, 't', $3) returning campaign_no`,
    [campaignId, orgNo, judgedAt],
  );
  const campaignNo = campaign?.campaign_no ?? 0;
  const plan: FrozenPlan = {
    ...PLAN_BASE,
    campaignId,
    organizationId,
    name: wish.name,
    goals: wish.goals ?? [],
    variants: [1, 2].map((no) => ({
      no,
      id: `var_${wish.name}_${no}`,
      name: String(no),
      isControl: false,
      allocation: 5_000,
      content: {},
    })),
  };
  await database.query("select campaign.ensure_ledger_partitions($1::timestamptz - interval '1 month', 4)", [judgedAt]);
  const [execution] = await database.query<{ exec_no: number }>(
    `insert into campaign.execution (exec_no, id, org_no, campaign_no, kind, occurrence, plan, upper_contact_no,
       cursor_contact_no, audience_closed, created_at, started_at)
     values (campaign.next_exec_no($1), $2, $3, $4, 0, 'once', $5, 0, 0, $6, $1, $1) returning exec_no`,
    [judgedAt, `exe_${wish.name}`, orgNo, campaignNo, plan, wish.audienceClosed ?? true],
  );
  const built = { execNo: execution?.exec_no ?? 0, orgNo, organizationId, campaignId, campaignNo };
  await addPeople(database, built, wish, judgedAt);
  return built;
}

export const externalId = (name: string, n: number): string => `${name}-${n}`;

async function addPeople(database: Database, { execNo, orgNo }: BuiltExecution, wish: ExecutionWish, judgedAt: Date) {
  const numbers = Array.from({ length: wish.people }, (_, n) => n);
  const dispositions = numbers.map((n) => DISPOSITION[wish.disposition?.(n) ?? 'sent']);
  await database.query(
    `with p as (
       insert into campaign.contact (org_no, external_id, email, email_valid, email_opted_in)
       select $1, $2 || '-' || n, 'p' || n || '@example.com', true, true from unnest($3::int[]) n order by n
       returning contact_no, substr(external_id, length($2) + 2)::int as n
     )
     insert into campaign.message (exec_no, seq, org_no, contact_no, judged_at, slot, channel, variant_no, disposition,
       eligible, sent_at, gate)
     select $4, p.n + 1, $1, p.contact_no, $5, 1, ${CHANNEL.email}, p.n % 2 + 1, d.disposition, true,
       case when d.disposition = ${DISPOSITION.sent} then $5::timestamptz end, case when d.disposition = 3 then 15 else 0 end
     from p join unnest($3::int[], $6::smallint[]) as d (n, disposition) on d.n = p.n order by p.n`,
    [orgNo, wish.name, numbers, execNo, judgedAt, dispositions],
  );
  await database.query(
    `insert into campaign.message_exception (exec_no, reason, seq, org_no, at)
     select exec_no, gate, seq, org_no, judged_at from campaign.message where exec_no = $1 and gate > 0`,
    [execNo],
  );
  await database.query(
    `insert into campaign.reason_counter (exec_no, reason, variant_no, org_no, n)
     select exec_no, gate, coalesce(variant_no, 0), org_no, count(*) from campaign.message
     where exec_no = $1 and gate > 0 group by 1, 2, 3, 4`,
    [execNo],
  );
  await database.query(
    `insert into campaign.counter (exec_no, variant_no, channel, goal, bucket, org_no, audience, people, eligible,
       queued, in_flight, sent, unknown)
     select exec_no, coalesce(variant_no, 0), channel, 0, date_trunc('minute', judged_at), org_no, count(*), count(*),
       count(*) filter (where eligible), count(*) filter (where disposition = 0),
       count(*) filter (where disposition = 1), count(*) filter (where disposition = 2),
       count(*) filter (where disposition = 3)
     from campaign.message where exec_no = $1 group by 1, 2, 3, 5, 6`,
    [execNo],
  );
}
