import { Migration } from '@mikro-orm/migrations';

/** The ledger of docs/ledger.md: executions, messages, chunks, touches, exceptions, counters. */
export class Ledger0003 extends Migration {
  override up(): void {
    for (const statement of [executions, messages, partitions, chunks, throttle, counters, firing])
      this.addSql(statement);
  }
}

// goals and throttled lie beside their plan: thousands of executions are looked at, and a whole plan would be unpacked for each.
// exec_no = UTC day * 2^32 + n: ordered by time, so that retention drops partitions; stays below 2^53.
const executions = `
create sequence campaign.execution_n;
create function campaign.next_exec_no(at timestamptz) returns bigint language sql volatile as $$
  select (extract(epoch from at)::bigint / 86400) * 4294967296 + nextval('campaign.execution_n') % 4294967296
$$;

create table campaign.execution (
  exec_no bigint primary key,
  id text not null unique,
  org_no int not null references campaign.organization,
  campaign_no bigint not null references campaign.campaign,
  kind smallint not null,
  occurrence text not null,
  status text not null default 'running'
    check (status in ('pending', 'running', 'paused', 'completed', 'failed', 'cancelled', 'missed')),
  reason text,
  round int not null default 0,
  plan jsonb not null,
  goals jsonb generated always as (plan -> 'goals') stored,
  throttled boolean not null generated always as (plan #>> '{throttle,perMinute}' is not null) stored,
  upper_contact_no bigint not null,
  cursor_contact_no bigint not null default 0,
  audience_closed boolean not null default false,
  next_seq int not null default 1,
  created_at timestamptz not null,
  started_at timestamptz,
  closed_at timestamptz,
  completed_at timestamptz,
  unique (campaign_no, occurrence)
) with (fillfactor = 70);
create unique index execution_one_open on campaign.execution (campaign_no)
  where status in ('pending', 'running', 'paused') and kind in (0, 1) and round = 0;
create index execution_open on campaign.execution (exec_no) where status in ('pending', 'running', 'paused');
create index execution_by_campaign on campaign.execution (campaign_no, exec_no desc);

-- Weights of the variants from this epoch on; rows without a variant take theirs at the claim.
create table campaign.allocation_epoch (
  exec_no bigint not null references campaign.execution,
  epoch int not null,
  org_no int not null,
  weights jsonb not null,
  created_at timestamptz not null default now(),
  primary key (exec_no, epoch)
);`;

// No index on disposition: it would make every update non-HOT (measured: half the rate).
const messages = `
create table campaign.message (
  exec_no bigint not null,
  contact_no bigint not null,
  judged_at timestamptz not null,
  guarded_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  opened_at timestamptz,
  clicked_at timestamptz,
  bounced_at timestamptz,
  unsubscribed_at timestamptz,
  complained_at timestamptz,
  seq int not null,
  org_no int not null,
  revision int,
  slot smallint not null,
  channel smallint not null,
  variant_no smallint,
  phase smallint not null default 0,
  attempt smallint not null default 1,
  gate smallint not null default 0,
  outcome_mask smallint not null default 0,
  disposition smallint not null,
  eligible boolean not null,
  locale text,
  primary key (exec_no, seq)
) partition by range (exec_no);
create unique index message_by_contact on campaign.message (contact_no, exec_no, slot);

create table campaign.message_exception (
  exec_no bigint not null,
  reason smallint not null,
  seq int not null,
  org_no int not null,
  attempt smallint not null default 1,
  seen jsonb,
  at timestamptz not null,
  primary key (exec_no, reason, seq)
) partition by range (exec_no);

create table campaign.touch (
  exec_no bigint not null,
  seq int not null,
  kind smallint not null,
  at timestamptz not null,
  org_no int not null,
  attempt smallint not null default 1,
  channel smallint not null,
  link smallint,
  verdict smallint not null default 0,
  rule_version smallint not null default 0,
  detail text,
  primary key (exec_no, seq, kind, at)
) partition by range (exec_no);

create table campaign.message_notification (
  org_no int not null,
  notification_id text not null,
  exec_no bigint not null,
  seq int not null,
  attempt smallint not null,
  channel smallint not null,
  primary key (org_no, notification_id)
);
create index message_notification_by_message on campaign.message_notification (exec_no, seq);`;

// A slice changes all rows of its pages at once: only a half-empty page holds their new versions, which then need no
// index entries (measured: at a fillfactor of 75 two updates in three wrote both).
// Monthly partitions made ahead; the dispatcher calls this daily, the migration once.
const partitions = `
create function campaign.ensure_ledger_partitions(since timestamptz, months int) returns void
language plpgsql security definer set search_path = campaign as $$
declare
  parent text;
  part text;
  month timestamptz;
  low bigint;
  high bigint;
begin
  perform pg_advisory_xact_lock(hashtext('campaign.ensure_ledger_partitions'));
  for step in 0..months - 1 loop
    month := date_trunc('month', since at time zone 'UTC') at time zone 'UTC';
    month := ((month at time zone 'UTC') + make_interval(months => step)) at time zone 'UTC';
    low := (extract(epoch from month)::bigint / 86400) * 4294967296;
    high := (extract(epoch from ((month at time zone 'UTC') + interval '1 month') at time zone 'UTC')::bigint / 86400) * 4294967296;
    foreach parent in array array['message', 'message_exception', 'touch'] loop
      part := format('%s_%s', parent, to_char(month at time zone 'UTC', 'YYYYMM'));
      if to_regclass('campaign.' || part) is null then
        execute format('create table campaign.%I partition of campaign.%I for values from (%s) to (%s)', part, parent, low, high);
        execute format('alter table campaign.%I enable row level security', part);
        execute format('alter table campaign.%I force row level security', part);
        if parent = 'message' then execute format('alter table campaign.%I set (fillfactor = 45)', part); end if;
      end if;
    end loop;
  end loop;
end $$;
select campaign.ensure_ledger_partitions(now() - interval '1 month', 4);`;

// A range chunk spans first_seq..last_seq; a list chunk names its rows in seqs. cursor counts the rows it is done with.
const chunks = `
create sequence campaign.chunk_n;
create table campaign.chunk (
  exec_no bigint not null references campaign.execution,
  chunk_no bigint not null default nextval('campaign.chunk_n'),
  org_no int not null,
  due_at timestamptz not null,
  expires_at timestamptz not null,
  lease_until timestamptz,
  first_seq int not null default 0,
  last_seq int not null default 0,
  size int not null,
  cursor int not null default 0,
  fence int not null default 0,
  channel smallint not null,
  phase smallint not null default 0,
  state smallint not null default 0,
  seqs int[],
  primary key (exec_no, chunk_no)
) with (fillfactor = 60);
create index chunk_open on campaign.chunk (due_at, exec_no, chunk_no) where state = 0;
create index chunk_open_of_execution on campaign.chunk (exec_no, chunk_no) where state = 0;`;

const throttle = `
-- free_at: until then the scope's rate is spoken for (GCRA). Taken in the guard's transaction, beside the lease.
create table campaign.limiter (
  scope text primary key,
  org_no int not null,
  free_at timestamptz not null
) with (fillfactor = 50);
create table campaign.throttle_grant (
  exec_no bigint not null,
  chunk_no bigint not null,
  fence int not null,
  org_no int not null,
  scope text not null,
  cursor int not null,
  granted int not null,
  granted_at timestamptz not null
);
create index throttle_grant_age on campaign.throttle_grant using brin (granted_at);

create table campaign.contact_pressure (
  contact_no bigint not null,
  exec_no bigint not null,
  seq int not null,
  org_no int not null,
  channel smallint not null,
  at timestamptz not null,
  primary key (contact_no, exec_no, seq)
);`;

// Changed in the transaction that changes the messages, and always last in it. Sums over rows are the figures; a row may be negative.
const counters = `
create table campaign.counter (
  exec_no bigint not null,
  variant_no smallint not null,
  channel smallint not null,
  goal smallint not null,
  segment_no bigint not null default 0,
  bucket timestamptz not null,
  org_no int not null,
  audience bigint not null default 0,
  people bigint not null default 0,
  eligible bigint not null default 0,
  queued bigint not null default 0,
  in_flight bigint not null default 0,
  sent bigint not null default 0,
  unknown bigint not null default 0,
  failed bigint not null default 0,
  skipped bigint not null default 0,
  held_out bigint not null default 0,
  control bigint not null default 0,
  cancelled bigint not null default 0,
  delivered bigint not null default 0,
  opened bigint not null default 0,
  opened_machine bigint not null default 0,
  opens bigint not null default 0,
  clicked bigint not null default 0,
  clicked_machine bigint not null default 0,
  clicks bigint not null default 0,
  bounced_hard bigint not null default 0,
  bounced_soft bigint not null default 0,
  unsubscribed bigint not null default 0,
  complained bigint not null default 0,
  replied bigint not null default 0,
  outcomes bigint not null default 0,
  outcome_events bigint not null default 0,
  outcome_value numeric(20, 4) not null default 0,
  primary key (exec_no, variant_no, channel, goal, segment_no, bucket)
) with (fillfactor = 50);

create table campaign.reason_counter (
  exec_no bigint not null,
  reason smallint not null,
  variant_no smallint not null,
  org_no int not null,
  n bigint not null default 0,
  primary key (exec_no, reason, variant_no)
) with (fillfactor = 50);`;

const firing = `
create table campaign.leader_lease (
  name text primary key,
  holder text not null,
  until timestamptz not null
);
create table campaign.firing (
  org_no int not null,
  campaign_no bigint not null,
  trigger_no bigint,
  event_id text,
  contact_no bigint,
  idempotency_key text,
  exec_no bigint,
  first_seq int,
  result text not null,
  reason text,
  at timestamptz not null
);
create unique index firing_once on campaign.firing (trigger_no, event_id, contact_no) where trigger_no is not null;
create unique index firing_key on campaign.firing (campaign_no, idempotency_key) where idempotency_key is not null;

create table campaign.trigger_frequency (
  trigger_no bigint not null,
  contact_no bigint not null,
  org_no int not null,
  window_start timestamptz not null,
  fired int not null,
  primary key (trigger_no, contact_no)
);`;
