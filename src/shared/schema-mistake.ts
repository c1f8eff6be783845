import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** The first thing that a schema found wrong: in words, and where: `triggers[0].eventType`, from `root` on. */
export function firstMistake({ issues: [issue] }: z.ZodError, root = ''): { message: string; path: string } {
  if (!issue) return { message: 'is not valid', path: root };
  const steps = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return { message: wordsOf(issue), path: `${root}${steps.join('')}`.replace(/^\./, '') };
}

/** What zod says by itself is for programmers; what a schema of ours says is for everybody, and stays. */
const FOR_PROGRAMMERS = /^(Too small|Too big|Invalid|Unrecognized)\b/;

function wordsOf(issue: Issue): string {
  if (!FOR_PROGRAMMERS.test(issue.message)) return issue.message;
  if (issue.code === 'too_small') return `must be at least ${amount(issue.minimum, issue.origin)}`;
  if (issue.code === 'too_big') return `must be at most ${amount(issue.maximum, issue.origin)}`;
  if (issue.code === 'unrecognized_keys') return `has nothing called ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_type') return `must be ${withArticle(issue.expected)}`;
  if (issue.code === 'invalid_format' && issue.format === 'datetime')
    return 'must be a time such as 2026-01-31T09:00:00Z';
  return 'is not valid';
}

const amount = (limit: number | bigint, origin: string): string =>
  origin === 'string' ? `${limit} characters` : origin === 'array' ? `${limit} entries` : `${limit}`;

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};
const withArticle = (kind: string): string => KINDS[kind] ?? `a ${kind}`;
