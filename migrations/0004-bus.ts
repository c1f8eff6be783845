import { Migration } from '@mikro-orm/migrations';

/** What comes in and goes out over the bus: outbox, inbox, parked events, dead letters, outcomes. */
export class Bus0004 extends Migration {
  override up(): void {
    for (const statement of [outbox, inbox, outcomes]) this.addSql(statement);
  }
}

// Kept as long as the stream keeps messages; stream_created tells which life of the stream has got the row.
const outbox = `
create table campaign.outbox (
  outbox_no bigint generated always as identity primary key,
  org_no int not null,
  campaign_no bigint not null,
  exec_no bigint,
  kind text not null,
  payload jsonb not null,
  at timestamptz not null,
  published_at timestamptz
) with (fillfactor = 80);
create index outbox_waiting on campaign.outbox (outbox_no) where published_at is null;
create index outbox_published on campaign.outbox (published_at) where published_at is not null;

create table campaign.stream_life (
  stream text primary key,
  created_at timestamptz not null
);`;

const inbox = `
create table campaign.inbox (
  org_no int not null,
  source text not null,
  event_id text not null,
  received_at timestamptz not null default now(),
  primary key (org_no, source, event_id)
);

create index inbox_age on campaign.inbox using brin (received_at);

create table campaign.parked_event (
  parked_no bigint generated always as identity primary key,
  org_no int not null,
  subject text not null,
  natural_key text not null,
  payload jsonb not null,
  parked_at timestamptz not null default now(),
  due_at timestamptz not null default now(),
  tries int not null default 0,
  unique (org_no, natural_key)
);
create index parked_event_due on campaign.parked_event (due_at);

create table campaign.dead_letter (
  letter_no bigint generated always as identity primary key,
  org_no int not null,
  subject text not null,
  payload text not null,
  reason text not null,
  deliveries int not null,
  at timestamptz not null default now(),
  replayed_at timestamptz
);`;

const outcomes = `
create table campaign.outcome (
  exec_no bigint not null,
  seq int not null,
  goal smallint not null,
  org_no int not null,
  source text not null,
  event_id text not null,
  at timestamptz not null,
  value numeric(20, 4) not null default 0,
  currency text,
  primary key (exec_no, seq, goal, source, event_id)
);`;
