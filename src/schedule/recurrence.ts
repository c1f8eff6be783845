import { Cron } from 'croner';
import { isTimeZone } from '../contact/time-zone';
import { DomainError } from '../shared/errors';

/** When a recurring campaign is due: a cron pattern on the wall clock of a time zone. */
export interface Recurrence {
  /** Minute, hour, day of month, month, day of week. */
  readonly cron: string;
  readonly timeZone: string;
  /** So many occurrences and no more, missed ones among them. */
  readonly count?: number;
}

/** Where in a recurrence one stands. */
export interface RecurrencePlace {
  /** Occurrences so far, this one included. */
  readonly passed: number;
  readonly after: Date;
  readonly endAt: Date | null;
}

/** A recurring campaign is held once an hour at most. */
const LEAST_MS = 3_600_000;
const MOST_COUNT = 10_000;
const MOST_CHARACTERS = 100;
const PARTS = 'minutes are 0 to 59, hours 0 to 23, days 1 to 31, months 1 to 12 or JAN, weekdays 0 to 7 or MON';

/** Refuses what is no recurrence, or recurs more often than once an hour. */
export function checkRecurrence({ cron, timeZone, count }: Recurrence): void {
  if (!isTimeZone(timeZone))
    throw invalid(`${timeZone.slice(0, 60)} is no IANA time zone such as Europe/Berlin`, 'recurrence.timeZone');
  if (count !== undefined && (count < 1 || count > MOST_COUNT))
    throw invalid(`a count is 1 to ${MOST_COUNT}`, 'recurrence.count');
  const [minute = '', ...others] = cron.trim().split(/\s+/);
  if (cron.length > MOST_CHARACTERS || others.length !== 4)
    throw invalid('a pattern has five parts: minute, hour, day of month, month, day of week', 'recurrence.cron');
  if (!/^\d{1,2}$/.test(minute))
    throw invalid('the minute is one number: a campaign recurs once an hour at most', 'recurrence.cron');
  if (parse({ cron, timeZone }).nextRun() === null) throw invalid('no day fits the pattern', 'recurrence.cron');
}

/** The next occurrence; nothing after the end date or the last of the count. */
export const followingOccurrence = (recurrence: Recurrence, place: RecurrencePlace): Date | undefined =>
  following(parse(recurrence), recurrence, place);

function following(cron: Cron, { count }: Recurrence, place: RecurrencePlace): Date | undefined {
  if (count !== undefined && place.passed >= count) return undefined;
  const next = nextAfter(cron, place.after);
  return next && (place.endAt === null || next < place.endAt) ? next : undefined;
}

/** The first occurrences from a time on. */
export function occurrencesFrom(recurrence: Recurrence, place: RecurrencePlace, most: number): readonly Date[] {
  const cron = parse(recurrence);
  const found: Date[] = [];
  let { passed } = place;
  for (let next = following(cron, recurrence, place); next && found.length < most; ) {
    found.push(next);
    passed += 1;
    next = following(cron, recurrence, { ...place, after: next, passed });
  }
  return found;
}

/**
 * Walks past occurrences up to a time, so many at most, for they are counted. Answers where it stands: the same place when
 * none lies before that time any more.
 */
export function walkTo(recurrence: Recurrence, from: RecurrencePlace, { past, most }: Walk): RecurrencePlace {
  const cron = parse(recurrence);
  let place = from;
  for (let steps = 0; steps < most; steps++) {
    const next = following(cron, recurrence, place);
    if (next === undefined || next > past) break;
    place = { ...place, after: next, passed: place.passed + 1 };
  }
  return place;
}

interface Walk {
  readonly past: Date;
  readonly most: number;
}

// Where clocks are put forward, two times of a pattern may come to lie closer together: the second one falls out.
function nextAfter(cron: Cron, after: Date): Date | undefined {
  const next = cron.nextRun(after);
  if (next === null) return undefined;
  const isClose = next.getTime() - after.getTime() < LEAST_MS && cron.match(after);
  return isClose ? (cron.nextRun(next) ?? undefined) : next;
}

function parse({ cron, timeZone }: Pick<Recurrence, 'cron' | 'timeZone'>): Cron {
  try {
    return new Cron(cron, { timezone: timeZone, mode: '5-part' });
  } catch {
    throw invalid(`${cron.slice(0, MOST_CHARACTERS)} is no pattern: ${PARTS}`, 'recurrence.cron');
  }
}

const invalid = (message: string, path: string): DomainError => new DomainError('SCHEDULE_INVALID', message, path);
