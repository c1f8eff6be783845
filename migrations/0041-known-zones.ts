import { Migration } from '@mikro-orm/migrations';

/** Zones are looked up, not tried: a block that catches an error is a subtransaction, which no parallel plan may start. */
export class KnownZones0041 extends Migration {
  override up(): void {
    for (const statement of [knownZone, quietUntil, openHours, closedUntil, openWeeks, localDue])
      this.addSql(statement);
  }
}

// A zone without a row is not known to this server, as in the judgement of local times: there the fallback's clock holds.
const knownZone = `
create function campaign.known_zone(zone text, fallback text) returns text language sql stable parallel safe as $$
  select case when exists (select from campaign.time_zone z where z.key = lower(zone)) then zone else fallback end
$$`;

const quietUntil = `
create or replace function campaign.quiet_until(at timestamptz, zone text, fallback text, since time, until time)
returns timestamptz language plpgsql stable parallel safe as $$
declare
  here text := campaign.known_zone(zone, fallback);
  wall timestamp;
  ends timestamptz;
begin
  wall := at at time zone here;
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

const openHours = `
create or replace function campaign.open_hours(at timestamptz, zone text, fallback text, since time, until time, days int)
returns table (opens timestamptz, closes timestamptz) language plpgsql stable parallel safe as $$
declare
  here text := campaign.known_zone(zone, fallback);
  today date;
begin
  today := (at at time zone here)::date;
  return query
    select (d + until) at time zone here,
      (d + since + case when since <= until then interval '1 day' else interval '0' end) at time zone here
    from (select today + n as d from generate_series(-1, days) n) dates
    order by d;
end $$`;

const closedUntil = `
create or replace function campaign.closed_until(at timestamptz, zone text, fallback text, opens int[], closes int[])
returns timestamptz language plpgsql stable parallel safe as $$
declare
  here text := campaign.known_zone(zone, fallback);
  moment timestamptz := at;
  wall timestamp;
  ahead interval;
  later timestamptz;
  distance interval;
  middle timestamptz;
begin
  wall := at at time zone here;
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

const openWeeks = `
create or replace function campaign.open_weeks(at timestamptz, zone text, fallback text, opens int[], closes int[], days int)
returns table (begins timestamptz, ends timestamptz) language plpgsql stable parallel safe as $$
declare
  here text := campaign.known_zone(zone, fallback);
  monday timestamp;
begin
  monday := date_trunc('week', at at time zone here);
  return query
    select (week + make_interval(mins => o)) at time zone here, (week + make_interval(mins => c)) at time zone here
    from generate_series(monday, monday + make_interval(days => days), interval '7 days') week, unnest(opens, closes) as ranges (o, c)
    order by week, o;
end $$`;

const localDue = `
create or replace function campaign.local_due(at timestamptz, zone text, fallback text, clock time, if_past text)
returns timestamptz language plpgsql stable parallel safe as $$
declare
  here text := campaign.known_zone(zone, fallback);
  target timestamp;
  due timestamptz;
begin
  target := (at at time zone here)::date + clock;
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
