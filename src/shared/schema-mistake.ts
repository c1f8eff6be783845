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
  if (issue.code === 'too_small') return leastOf(issue.minimum, issue.origin);
  if (issue.code === 'too_big') return mostOf(issue.maximum, issue.origin);
  if (issue.code === 'unrecognized_keys') return `has nothing called ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_type') return `must be ${withArticle(issue.expected)}`;
  if (issue.code === 'invalid_format' && issue.format === 'datetime')
    return 'must be a time such as 2026-01-31T09:00:00Z';
  return 'is not valid';
}

const COUNTED: Readonly<Record<string, string>> = { string: 'characters', array: 'entries' };

function leastOf(least: number | bigint, origin: string): string {
  const counted = COUNTED[origin];
  if (counted === undefined) return `must be at least ${least}`;
  return Number(least) === 1 ? 'must not be empty' : `must have at least ${least} ${counted}`;
}

function mostOf(most: number | bigint, origin: string): string {
  const counted = COUNTED[origin];
  return counted === undefined ? `must be at most ${most}` : `must have at most ${most} ${counted}`;
}

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
