import type { Operator } from './rule.types';

/** The operators that put two values in order, `before` and `after` among them, as SQL writes them. */
export const COMPARISONS: Partial<Readonly<Record<Operator, string>>> = {
  greater_than: '>',
  greater_than_or_equal: '>=',
  less_than: '<',
  less_than_or_equal: '<=',
  after: '>',
  before: '<',
};

/** What `within_last` spans: from so many days before the end of the statement's time up to it. */
export const lastDays = (days: number, place: (value: unknown) => string, now?: Date): string => {
  const end = now ? `${place(now.toISOString())}::timestamptz` : 'now()';
  return `between ${end} - make_interval(secs => ${place(days)}::int * 86400.0) and ${end}`;
};

/** A parsed time the way PostgreSQL reads it whatever the session's zone: a text without a zone means UTC. */
export const asInstant = (text: string): string => {
  if (text.length === 10) return `${text}T00:00Z`;
  return /(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`;
};
