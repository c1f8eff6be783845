import { Migration } from '@mikro-orm/migrations';

/** Send windows of campaigns, by the minutes of a week on the recipient's clock. */
export class SendWindows0038 extends Migration {
  override up(): void {
    for (const statement of [columns, isOpen, untilOpen, openWeeks, grants]) this.addSql(statement);
  }
}

// ready_at: when the messages of a chunk would be due if it were not for the hours of the day; null where these put off nobody.
// plan_edits: how often the plan was edited since the start; who guards by another plan than the one in force takes nothing.
const columns = `
alter table campaign.campaign
  add column send_windows jsonb not null default '[]',
  add column exclude_weekends boolean not null default false;
alter table campaign.chunk add column ready_at timestamptz;
alter table campaign.execution add column plan_edits int not null default 0;`;

// Minutes of a week are counted from Monday 00:00. Ranges are in order and apart from each other; each holds from its first
// minute on, up to its last and not beyond.
const isOpen = `
create function campaign.minute_of_week(wall timestamp) returns int language sql immutable parallel safe as $$
  select (extract(isodow from wall)::int - 1) * 1440 + extract(hour from wall)::int * 60 + extract(minute from wall)::int
$$;
create function campaign.is_open(wall timestamp, opens int[], closes int[]) returns boolean language sql immutable parallel safe as $$
  select coalesce(bool_or(campaign.minute_of_week(wall) >= o and campaign.minute_of_week(wall) < c), false)
  from unnest(opens, closes) as ranges (o, c)
$$`;

// Null where it is open. While the clock keeps its distance to UTC, the next range begins when its wall time says. Where it
// does not, the minute at which the clock is changed is found, and looked at anew from there: the range may have begun by
// then, or have been left out. No zone moves its clock twice in a week.
// A zone that this server does not know (its tables may be older than those that checked it) is the fallback's.
const untilOpen = `
create function campaign.closed_until(at timestamptz, zone text, fallback text, opens int[], closes int[])
returns timestamptz language plpgsql stable parallel safe as $$
declare
  here text := coalesce(zone, fallback);
  moment timestamptz := at;
  wall timestamp;
  ahead interval;
  later timestamptz;
  distance interval;
  middle timestamptz;
begin
  begin
    wall := at at time zone here;
  exception when invalid_parameter_value then
    here := fallback;
    wall := at at time zone here;
  end;
  if campaign.is_open(wall, opens, closes) then return null; end if;
  moment := date_trunc('minute', at);
  loop
    wall := moment at time zone here;
    select make_interval(mins => coalesce(min(o) filter (where o > campaign.minute_of_week(wall)), min(o) + 10080)
      - campaign.minute_of_week(wall)) into ahead from unnest(opens) o;
    later := moment + ahead;
    if ahead is null or later at time zone here = wall + ahead then return later; end if;
    distance := wall - (moment at time zone 'UTC');
    while later - moment > interval '1 minute' loop
      middle := moment + make_interval(mins => (extract(epoch from later - moment) / 120)::int);
      if (middle at time zone here) - (middle at time zone 'UTC') = distance then moment := middle; else later := middle; end if;
    end loop;
    if campaign.is_open(later at time zone here, opens, closes) then return later; end if;
    moment := later;
  end loop;
end $$`;

// A foretelling, by the wall clock alone, as open_hours: in the night of a change of clocks it may be off by that hour.
const openWeeks = `
create function campaign.open_weeks(at timestamptz, zone text, fallback text, opens int[], closes int[], days int)
returns table (begins timestamptz, ends timestamptz) language plpgsql stable parallel safe as $$
declare
  here text := zone;
  monday timestamp;
begin
  begin
    monday := date_trunc('week', at at time zone here);
  exception when invalid_parameter_value then
    here := fallback;
    monday := date_trunc('week', at at time zone here);
  end;
  return query
    select (week + make_interval(mins => o)) at time zone here, (week + make_interval(mins => c)) at time zone here
    from generate_series(monday, monday + make_interval(days => days), interval '7 days') week, unnest(opens, closes) as ranges (o, c)
    order by week, o;
end $$`;

const grants = 'grant execute on function campaign.open_weeks to campaign_app, campaign_dispatcher';
