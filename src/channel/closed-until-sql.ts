import type { SqlParameters } from '../segment/sql-parameters';
import type { WeekRanges } from '../send-window/week-ranges';
import { type ChannelHours, isOpenWeek } from './channel-hours';

/** Whose clock is looked at, and when: expressions. */
interface Clock {
  readonly at: string;
  readonly zone: string;
  /** The zone of those whose own is unknown. */
  readonly fallback: string;
}

/** When the hours of a channel let people be written to again: null where they do at that time. */
export function closedUntilSql(
  hours: ChannelHours,
  { at, zone, fallback }: Clock,
  parameters: Pick<SqlParameters, 'bind'>,
): string {
  if (isOpenWeek(hours)) {
    const { opens, closes } = edgesOf(hours.open);
    return `campaign.closed_until(${at}, ${zone}, ${fallback}, ${parameters.bind(opens)}::int[], ${parameters.bind(closes)}::int[])`;
  }
  const ends = [hours, ...(hours.also ? [hours.also] : [])].map(({ from, until }) => {
    const [since, to] = [parameters.bind(from), parameters.bind(until)];
    return `campaign.quiet_until(${at}, ${zone}, ${fallback}, ${since}::time, ${to}::time)`;
  });
  return ends.length === 1 ? (ends[0] ?? '') : `coalesce(${ends.join(', ')})`;
}

/** The beginnings and the ends of ranges, as the database is given them. */
export const edgesOf = (ranges: WeekRanges): { readonly opens: number[]; readonly closes: number[] } => ({
  opens: ranges.map(([from]) => from),
  closes: ranges.map(([, until]) => until),
});
