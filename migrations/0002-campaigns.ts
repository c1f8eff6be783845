import { Migration } from '@mikro-orm/migrations';

/** What a marketing team edits: campaigns with their variants, channels and audiences; content by its hash. */
export class Campaigns0002 extends Migration {
  override up(): void {
    for (const statement of [campaigns, parts, content, idempotency]) this.addSql(statement);
  }
}

const campaigns = `
create table campaign.campaign (
  campaign_no bigint generated always as identity primary key,
  id text not null unique,
  org_no int not null references campaign.organization,
  name text not null check (length(name) between 1 and 255),
  description text check (length(description) <= 2000),
  type text not null check (type in ('ONE_TIME', 'RECURRING', 'TRIGGERED', 'TRANSACTIONAL')),
  purpose text not null default 'PROMOTION'
    check (purpose in ('PROMOTION', 'LOYALTY', 'COUPON', 'SEGMENTATION', 'RETARGETING', 'ANNOUNCEMENT')),
  status text not null default 'draft'
    check (status in ('draft', 'scheduled', 'active', 'running', 'paused', 'completed', 'cancelled')),
  paused_from text check (paused_from in ('scheduled', 'active', 'running')),
  approval text not null default 'none' check (approval in ('none', 'submitted', 'approved', 'rejected')),
  approval_record jsonb,
  schedule jsonb,
  throttle jsonb,
  delivery jsonb not null default '{}',
  experiment jsonb,
  assignment jsonb not null default '{"kind": "HASH"}',
  conversion_goals jsonb not null default '[]',
  holdout_percentage numeric(4, 2) not null default 0 check (holdout_percentage between 0 and 20),
  budget jsonb,
  priority int not null default 0,
  tags text[] not null default '{}',
  metadata jsonb not null default '{}',
  start_at timestamptz,
  end_at timestamptz,
  version int not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  updated_by text not null,
  updated_at timestamptz not null,
  paused_by text,
  paused_at timestamptz,
  pause_reason text,
  cancelled_by text,
  cancelled_at timestamptz,
  cancel_reason text,
  started_at timestamptz,
  completed_at timestamptz,
  cloned_from text,
  archived_at timestamptz
);
create unique index campaign_name on campaign.campaign (org_no, lower(name)) where archived_at is null;
create index campaign_list on campaign.campaign (org_no, campaign_no desc) where archived_at is null;
create index campaign_running on campaign.campaign (org_no) where status = 'running';
create index campaign_goal on campaign.campaign using gin (conversion_goals jsonb_path_ops);`;

const parts = `
create table campaign.variant (
  campaign_no bigint not null references campaign.campaign on delete cascade,
  variant_no smallint not null check (variant_no between 1 and 5),
  id text not null unique,
  org_no int not null references campaign.organization,
  name text not null check (length(name) between 1 and 100),
  is_control boolean not null default false,
  allocation numeric(5, 2) not null check (allocation between 0 and 100),
  attribute_value text,
  primary key (campaign_no, variant_no)
);
create unique index variant_control on campaign.variant (campaign_no) where is_control;
create unique index variant_name on campaign.variant (campaign_no, lower(name));

create table campaign.channel (
  campaign_no bigint not null,
  variant_no smallint not null,
  kind smallint not null check (kind between 1 and 9),
  id text not null unique,
  org_no int not null references campaign.organization,
  enabled boolean not null default true,
  priority smallint not null default 0,
  content jsonb not null,
  content_hash text not null,
  primary key (campaign_no, variant_no, kind),
  foreign key (campaign_no, variant_no) references campaign.variant on delete cascade
);

create table campaign.audience (
  id text primary key,
  org_no int not null references campaign.organization,
  campaign_no bigint not null references campaign.campaign on delete cascade,
  kind text not null check (kind in ('INCLUDE', 'EXCLUDE')),
  segment_no bigint references campaign.segment,
  rules jsonb,
  position smallint not null,
  check ((segment_no is null) <> (rules is null)),
  unique (campaign_no, position)
);`;

// Content-addressed: an execution names hashes, so a later edit can never change what a running one sends (P-13).
const content = `
create table campaign.content (
  org_no int not null references campaign.organization,
  hash text not null,
  channel smallint not null,
  source jsonb not null,
  compiled jsonb not null,
  created_at timestamptz not null default now(),
  primary key (org_no, hash)
);`;

const idempotency = `
create table campaign.idempotency (
  org_no int not null references campaign.organization,
  operation text not null,
  key text not null,
  body_hash text not null,
  result jsonb not null,
  created_at timestamptz not null default now(),
  primary key (org_no, operation, key)
);`;
