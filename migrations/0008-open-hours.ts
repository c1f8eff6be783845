import { Migration } from '@mikro-orm/migrations';

/** When people of a zone may be written to, day by day: what a launch plan foretells its end from. */
export class OpenHours0008 extends Migration {
  override up(): void {
    for (const statement of [
      openHours,
      'grant execute on function campaign.open_hours to campaign_app, campaign_dispatcher',
    ])
      this.addSql(statement);
  }
}

// A foretelling, by the wall clock alone: in the night of a change of clocks it may be off by that hour, where the guard
// is not. A zone that this server does not know is the fallback's, as in quiet_until.
const openHours = `
create function campaign.open_hours(at timestamptz, zone text, fallback text, since time, until time, days int)
returns table (opens timestamptz, closes timestamptz) language plpgsql stable parallel safe as $$
declare
  here text := zone;
  today date;
begin
  begin
    today := (at at time zone here)::date;
  exception when invalid_parameter_value then
    here := fallback;
    today := (at at time zone here)::date;
  end;
  return query
    select (d + until) at time zone here,
      (d + since + case when since <= until then interval '1 day' else interval '0' end) at time zone here
    from (select today + n as d from generate_series(-1, days) n) dates
    order by d;
end $$`;
