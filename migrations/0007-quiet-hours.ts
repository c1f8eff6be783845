import { Migration } from '@mikro-orm/migrations';

/** When a person may be written to, by the clock on their wall. */
export class QuietHours0007 extends Migration {
  override up(): void {
    for (const statement of [isQuiet, quietUntil]) this.addSql(statement);
  }
}

// From the first minute on, up to the last and not beyond; a window may pass midnight, and an empty one is never quiet.
const isQuiet = `
create function campaign.is_quiet(wall time, since time, until time) returns boolean language sql immutable as $$
  select case when since <= until then wall >= since and wall < until else wall >= since or wall < until end
$$`;

// The minutes are walked through, not computed: where clocks change, the end of a window may come twice, or be left out,
// and only the clock itself says what is legal. Two and a half hours are more than any change of a clock.
// A zone that this server does not know (its tables may be older than those that checked it) is the fallback's.
const quietUntil = `
create function campaign.quiet_until(at timestamptz, zone text, fallback text, since time, until time)
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
  return (
    select min(minute) from generate_series(
      greatest(date_trunc('minute', at) + interval '1 minute', ends - interval '150 minutes'),
      ends + interval '150 minutes', interval '1 minute') minute
    where not campaign.is_quiet((minute at time zone here)::time, since, until)
  );
end $$`;
