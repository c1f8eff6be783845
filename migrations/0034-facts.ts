import { Migration } from '@mikro-orm/migrations';

/** What the gates saw of a person, kept as long as the message; and why a list chunk was made, and when. */
export class Facts0034 extends Migration {
  override up(): void {
    for (const statement of [facts, zones, chunks]) this.addSql(statement);
  }
}

// Bits: src/channel/person-facts.ts. Null of what was judged before, and of who was erased.
const facts = 'alter table campaign.message add column facts int;';

// Numbers for names, so that a message keeps its person's zone in ten bits. A zone that comes with a later release of the
// time zone database has none.
const zones = `
create table campaign.time_zone (
  no smallint primary key check (no between 1 and 1022),
  name text not null,
  key text not null unique generated always as (lower(name)) stored
);
insert into campaign.time_zone (no, name)
select row_number() over (order by name), name from pg_timezone_names
where name !~ '^(posix|right)/' order by name limit 1022;
grant select on campaign.time_zone to campaign_app, campaign_dispatcher;`;

// CHUNK_CAUSE in src/shared/ledger-codes.ts; null of chunks of before.
const chunks = `
alter table campaign.chunk add column cause smallint not null default 0, add column made_at timestamptz;
alter table campaign.chunk alter column made_at set default now();`;
