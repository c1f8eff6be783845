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

const DAY = 86_400_000;

/** What `within_last` spans: from so many days before `now` up to `now`. */
export const lastDays = (days: number, now: Date): readonly [string, string] => [
  new Date(now.getTime() - days * DAY).toISOString(),
  now.toISOString(),
];

/** A parsed time the way PostgreSQL reads it whatever the session's zone: a text without a zone means UTC. */
export const asInstant = (text: string): string => {
  if (text.length === 10) return `${text}T00:00Z`;
  return /(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`;
};
