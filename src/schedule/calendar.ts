import { followingOccurrence, type Recurrence } from './recurrence';

/** When a campaign is due, and how it went. */
export interface Schedule {
  /** ISO 8601, UTC: of a recurring campaign the next time; absent when its calendar has come to its end. */
  readonly at?: string;
  readonly recurrence?: Recurrence;
  /** Occurrences of the recurrence before `at`, whether they were held or missed. */
  readonly passed?: number;
  /** It was due and every place among the running was taken: waiting for one is not lateness. */
  readonly waitsForPlace?: boolean;
  /** A person started it, and it waits for its place alone: no rule is asked. */
  readonly byHand?: boolean;
  readonly missed?: string;
}

/** The calendar after the occurrence that was due, held or not; a time without a recurrence has no next one. */
export function afterOccurrence(schedule: Schedule | null, endAt: Date | null): Schedule {
  const { at, recurrence, passed = 0 } = schedule ?? {};
  if (at === undefined || recurrence === undefined) return {};
  const next = followingOccurrence(recurrence, { passed: passed + 1, after: new Date(at), endAt });
  return { recurrence, passed: passed + 1, ...(next && { at: next.toISOString() }) };
}

/** Started by a person: due now, and until there is a place. */
export const inQueue = (schedule: Schedule | null, now: Date): Schedule => ({
  ...schedule,
  at: now.toISOString(),
  waitsForPlace: true,
  byHand: true,
});

/** Whether there is a time ahead, before the end date. */
export function hasTimeAhead(schedule: Schedule | null, endAt: Date | null): boolean {
  const at = schedule?.at;
  return at !== undefined && (endAt === null || new Date(at) < endAt);
}
