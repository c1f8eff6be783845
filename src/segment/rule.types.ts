/** A tree of conditions over one contact. Parsed by `parseRule`; what has this type is well formed. */
export type Rule = AllRule | AnyRule | NotRule | Condition;

/** When a rule's turn is among those of its group (`inOrder`); it changes nothing of whom they mean. */
interface Ranked {
  readonly priority?: number;
}

export interface AllRule extends Ranked {
  readonly all: readonly Rule[];
}

export interface AnyRule extends Ranked {
  readonly any: readonly Rule[];
}

export interface NotRule extends Ranked {
  readonly not: Rule;
}

export type Scalar = string | number | boolean;

/**
 * One statement about one field. It is true or false, never unknown: a missing value makes every operator false,
 * except the negations `not_equals` and `not_in`, and `exists` with the value false.
 */
export interface Condition extends Ranked {
  /** A profile column (`country`), or a path into the attributes (`attributes.address.city`). */
  readonly field: string;
  readonly operator: Operator;
  readonly value: Scalar | readonly Scalar[];
}

export const OPERATORS = [
  'equals',
  'not_equals',
  'in',
  'not_in',
  'contains',
  'starts_with',
  'greater_than',
  'greater_than_or_equal',
  'less_than',
  'less_than_or_equal',
  'between',
  'exists',
  'before',
  'after',
  'within_last',
  'has_tag',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** How large a tree may be; a level is a group, and `not` is a group of one. */
export interface RuleLimits {
  readonly perLevel: number;
  readonly levels: number;
  readonly listLength: number;
  readonly textLength: number;
}

export const RULE_LIMITS: RuleLimits = { perLevel: 10, levels: 5, listLength: 1000, textLength: 1000 };
