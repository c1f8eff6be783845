import { Cron } from 'croner';
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

/** Refuses what is no recurrence, or recurs more often than once an hour. */
export function checkRecurrence({ cron, timeZone, count }: Recurrence): void {
  if (!isTimeZone(timeZone)) throw invalid(`${timeZone.slice(0, 60)} is no IANA time zone`, 'recurrence.timeZone');
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
export function followingOccurrence(recurrence: Recurrence, place: RecurrencePlace): Date | undefined {
  if (recurrence.count !== undefined && place.passed >= recurrence.count) return undefined;
  const next = nextAfter(recurrence, place.after);
  return next && (place.endAt === null || next < place.endAt) ? next : undefined;
}

/** The first occurrences from a time on. */
export function occurrencesFrom(recurrence: Recurrence, place: RecurrencePlace, most: number): readonly Date[] {
  const found: Date[] = [];
  let { after, passed } = place;
  for (let next = followingOccurrence(recurrence, place); next && found.length < most; passed += 1) {
    found.push(next);
    after = next;
    next = followingOccurrence(recurrence, { ...place, after, passed: passed + 1 });
  }
  return found;
}

// Where clocks are put forward, two times of a pattern may come to lie closer together: the second one falls out.
function nextAfter(recurrence: Recurrence, after: Date): Date | undefined {
  const cron = parse(recurrence);
  const next = cron.nextRun(after);
  if (next === null) return undefined;
  const isClose = next.getTime() - after.getTime() < LEAST_MS && cron.match(after);
  return isClose ? (cron.nextRun(next) ?? undefined) : next;
}

function parse({ cron, timeZone }: Pick<Recurrence, 'cron' | 'timeZone'>): Cron {
  try {
    return new Cron(cron, { timezone: timeZone, mode: '5-part' });
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : 'not a pattern', 'recurrence.cron');
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const invalid = (message: string, path: string): DomainError => new DomainError('SCHEDULE_INVALID', message, path);
