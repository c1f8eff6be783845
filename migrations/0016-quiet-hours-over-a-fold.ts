import { Migration } from '@mikro-orm/migrations';

/** The first legal minute also where a clock that is put back makes minutes legal in the middle of quiet hours. */
export class QuietHoursOverAFold0016 extends Migration {
  override up(): void {
    this.addSql(quietUntil);
  }
}

// While the clock keeps its distance to UTC, a window ends when its wall time says. Where it does not, every minute is
// walked through: one that is legal may come twice, be left out, or lie between two of the window (a clock put back from
// 03:44 to 02:45 in a window that begins at 03:00), or not come before the next day. No zone moves its clock twice in a day.
// A zone that this server does not know (its tables may be older than those that checked it) is the fallback's.
const quietUntil = `
create or replace function campaign.quiet_until(at timestamptz, zone text, fallback text, since time, until time)
returns timestamptz language plpgsql stable parallel safe as $$
declare
  here text := coalesce(zone, fallback);
  wall timestamp;
  ends timestamptz;
begin
  begin
    wall := at at time zone here;
  exception when invalid_parameter_value then
    here := fallback;
    wall := at at time zone here;
  end;
  if not campaign.is_quiet(wall::time, since, until) then return null; end if;
  ends := (wall::date + until + case when wall::time >= until then interval '1 day' else interval '0' end)
    at time zone here;
  if (ends at time zone here) - wall = ends - at then return ends; end if;
  return (
    select min(minute) from generate_series(
      date_trunc('minute', at) + interval '1 minute', ends + interval '1 day 150 minutes', interval '1 minute') minute
    where not campaign.is_quiet((minute at time zone here)::time, since, until)
  );
end $$`;
