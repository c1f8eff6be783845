import { Migration } from '@mikro-orm/migrations';

/** A time of day on the recipient's clock at which each of them is written to. */
export class LocalTime0039 extends Migration {
  override up(): void {
    for (const statement of ['alter table campaign.campaign add column local_time jsonb', localDue])
      this.addSql(statement);
  }
}

// When the clock of a zone shows a time, from the minute of a moment on. Where it is past on that day: at once, on the next
// day, or null. A time that a clock put forward leaves out is the first minute after the change, one that comes twice the
// first of the two. A zone that this server does not know is the fallback's, as in closed_until.
const localDue = `
create function campaign.local_due(at timestamptz, zone text, fallback text, clock time, if_past text)
returns timestamptz language plpgsql stable parallel safe as $$
declare
  here text := coalesce(zone, fallback);
  target timestamp;
  due timestamptz;
begin
  begin
    target := (at at time zone here)::date + clock;
  exception when invalid_parameter_value then
    here := fallback;
    target := (at at time zone here)::date + clock;
  end;
  loop
    due := target at time zone here;
    while (due - interval '1 minute') at time zone here > target loop
      due := due - interval '1 minute';
    end loop;
    select coalesce(min(due - earlier), due) into due from unnest(array[interval '30 minutes', interval '1 hour']) earlier
    where (due - earlier) at time zone here = target;
    if due >= date_trunc('minute', at) then return greatest(due, at); end if;
    if if_past = 'SEND_NOW' then return at; end if;
    if if_past = 'SKIP' then return null; end if;
    target := target + interval '1 day';
  end loop;
end $$`;
