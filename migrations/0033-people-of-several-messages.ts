import { Migration } from '@mikro-orm/migrations';

/** Who opened or clicked any of several messages, counted as one (docs/decisions/0022). */
export class PeopleOfSeveralMessages0033 extends Migration {
  override up(): void {
    this.addSql(columns);
    this.addSql(filled);
  }
}

// spread lies beside its plan, as experiment does. people_opened and people_clicked are kept for executions that are spread
// alone: in all others each opened message is a person.
const columns = `
alter table campaign.execution add column spread boolean not null
  generated always as (coalesce(plan ->> 'channelStrategy' = 'ALL' and plan #>> '{channels,1}' is not null, false)) stored;
alter table campaign.counter
  add column people_opened bigint not null default 0,
  add column people_clicked bigint not null default 0;`;

// A person counts with the message that leads: of those that are eligible the one of the lowest slot, else of all.
const filled = `
with person as (
  select m.exec_no, min(m.org_no) as org_no,
    (array_agg(coalesce(m.variant_no, 0) order by not m.eligible, m.slot))[1] as variant_no,
    (array_agg(m.channel order by not m.eligible, m.slot))[1] as channel,
    min(m.opened_at) as opened_at, min(m.clicked_at) as clicked_at
  from campaign.execution e join campaign.message m on m.exec_no = e.exec_no
  where e.spread group by m.exec_no, m.contact_no, m.slot / 16
)
insert into campaign.counter as c
  (exec_no, variant_no, channel, goal, bucket, org_no, people_opened, people_clicked)
select p.exec_no, p.variant_no, p.channel, 0, date_trunc('minute', v.at), min(p.org_no), sum(v.opened), sum(v.clicked)
from person p cross join lateral (values (p.opened_at, 1, 0), (p.clicked_at, 0, 1)) v (at, opened, clicked)
where v.at is not null group by 1, 2, 3, 5
on conflict (exec_no, variant_no, channel, goal, segment_no, bucket) do update
set people_opened = excluded.people_opened, people_clicked = excluded.people_clicked;`;
