/**
 * Parts of a week on somebody's clock, in minutes from Monday 00:00: each from its first minute on, up to its last and not
 * beyond; in order, and apart from each other.
 */
export type WeekRanges = readonly WeekRange[];
export type WeekRange = readonly [from: number, until: number];

export const MINUTES_OF_DAY = 1_440;
export const DAYS_OF_WEEK = 7;
const MINUTES_OF_WEEK = MINUTES_OF_DAY * DAYS_OF_WEEK;

/** The whole week. */
export const always: WeekRanges = [[0, MINUTES_OF_WEEK]];

/** Hours of some days, as ranges; those that end before they begin end on the next day. */
export function rangesOn(days: readonly number[], from: number, until: number): WeekRanges {
  const length = until > from ? until - from : until - from + MINUTES_OF_DAY;
  return union(days.flatMap((day) => withinWeek(day * MINUTES_OF_DAY + from, length)));
}

// What goes on past Sunday goes on on Monday.
function withinWeek(from: number, length: number): WeekRanges {
  const until = from + length;
  return until <= MINUTES_OF_WEEK
    ? [[from, until]]
    : [
        [from, MINUTES_OF_WEEK],
        [0, until - MINUTES_OF_WEEK],
      ];
}

/** Whatever is in one of them, in order. */
export function union(ranges: readonly WeekRange[]): WeekRanges {
  const merged: [number, number][] = [];
  for (const [from, until] of ranges.toSorted(([one], [other]) => one - other)) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], until);
    else merged.push([from, until]);
  }
  return merged;
}

/** What is in both. */
export const shared = (one: WeekRanges, other: WeekRanges): WeekRanges =>
  one.flatMap(([from, until]) =>
    other.flatMap(([since, to]): WeekRanges => {
      const both = [Math.max(from, since), Math.min(until, to)] as const;
      return both[0] < both[1] ? [both] : [];
    }),
  );

/** All of the week that is in none of them. */
export function without(ranges: WeekRanges): WeekRanges {
  const edges = [0, ...ranges.flat(), MINUTES_OF_WEEK];
  return edges.flatMap((from, index): WeekRanges => {
    const until = edges[index + 1];
    return index % 2 === 0 && until !== undefined && from < until ? [[from, until]] : [];
  });
}
