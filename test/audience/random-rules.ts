import fc from 'fast-check';
import type { Rule } from '../../src/segment/rule.types';
import { parseRule } from '../../src/segment/rule-parser';
import type { Person } from '../segment/rule-evaluator';

export const asOf = new Date('2026-01-20T12:00:00Z');
const ids = Array.from({ length: 24 }, (_, n) => `p-${n}`);

export const peopleOf: readonly Person[] = ids.map((external_id, n) => ({
  external_id,
  email: n % 3 === 0 ? null : `${external_id}@example.com`,
  first_name: ['Ada', 'Ben', null][n % 3] ?? null,
  country: ['DE', 'FR', 'CA', null][n % 4] ?? null,
  email_opted_in: n % 2 === 0,
  tags: ['vip', 'new', 'left'].filter((_, t) => (n >> t) % 2 === 1),
  created_at: new Date(asOf.getTime() - n * 43_200_000),
  attributes: { age: n, city: ['Bonn', 'Paris'][n % 2], plan: n % 5 === 0 ? null : { name: `plan-${n % 3}` } },
}));

const leaf: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({
    field: fc.constant('country'),
    operator: fc.constantFrom('equals', 'not_equals'),
    value: fc.constantFrom('DE', 'FR'),
  }),
  fc.record({ field: fc.constant('tags'), operator: fc.constant('has_tag'), value: fc.constantFrom('vip', 'new') }),
  fc.record({
    field: fc.constant('attributes.age'),
    operator: fc.constantFrom('less_than', 'greater_than'),
    value: fc.nat(24),
  }),
  fc.record({
    field: fc.constant('attributes.plan.name'),
    operator: fc.constantFrom('in', 'not_in'),
    value: fc.constant(['plan-1', 'plan-2']),
  }),
  fc.record({
    field: fc.constantFrom('email', 'first_name', 'attributes.plan'),
    operator: fc.constant('exists'),
    value: fc.boolean(),
  }),
  fc.record({
    field: fc.constant('created_at'),
    operator: fc.constant('within_last'),
    value: fc.integer({ min: 1, max: 12 }),
  }),
);
const priority = fc.oneof(fc.constant({}), fc.record({ priority: fc.nat(3) }));
const rule = fc.letrec<{ rule: unknown }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.tuple(leaf, priority).map(([one, turn]) => ({ ...(one as object), ...turn })),
    fc.record({ all: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('rule') }),
  ),
})).rule;
export const rules = rule.map((one) => parseRule(one, { perLevel: 10, levels: 9, listLength: 100, textLength: 100 }));

/** What a path of an account leads to. */
export const at = (whole: Rule, path: string): Rule =>
  path
    .split(/[.[\]]+/)
    .reduce<unknown>((node, key) => (key === '' ? node : (node as Record<string, unknown>)[key]), whole) as Rule;
