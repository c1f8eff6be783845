import type { Transaction } from '../adapters/postgres';
import { edgesOf } from '../channel/closed-until-sql';
import type { FrozenQuietHours } from '../execution/frozen-plan';
import type { WeekRanges } from '../send-window/week-ranges';
import type { OpenHours, OpenHoursByZone } from './open-hours';

/** Whose clocks, and for how many days from when. */
interface ZonesAhead {
  readonly zones: readonly string[];
  readonly now: Date;
  readonly days: number;
}

/** When people of the zones may be written to outside of quiet hours, for so many days from now. */
export function readOpenHours(
  tx: Transaction,
  { timeZone, from, until }: Pick<FrozenQuietHours, 'timeZone' | 'from' | 'until'>,
  { zones, now, days }: ZonesAhead,
): Promise<OpenHoursByZone> {
  const sql = `select z.zone, h.opens, h.closes from unnest($1::text[]) as z (zone)
    cross join lateral campaign.open_hours($2::timestamptz, z.zone, $3, $4::time, $5::time, $6::int) h`;
  return readByZone(tx, sql, [zones, now, timeZone, from, until, days]);
}

/** The same in parts of a week. */
export function readOpenWeeks(
  tx: Transaction,
  { ranges, timeZone }: { readonly ranges: WeekRanges; readonly timeZone: string },
  { zones, now, days }: ZonesAhead,
): Promise<OpenHoursByZone> {
  const { opens, closes } = edgesOf(ranges);
  const sql = `select z.zone, h.begins as opens, h.ends as closes from unnest($1::text[]) as z (zone)
    cross join lateral campaign.open_weeks($2::timestamptz, z.zone, $3, $4::int[], $5::int[], $6::int) h`;
  return readByZone(tx, sql, [zones, now, timeZone, opens, closes, days]);
}

async function readByZone(tx: Transaction, sql: string, values: readonly unknown[]): Promise<OpenHoursByZone> {
  const rows = await tx.query<OpenHours & { zone: string }>(sql, values);
  return Map.groupBy(rows, ({ zone }) => zone);
}
