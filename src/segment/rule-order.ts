/** What may say when its turn is. */
interface Ranked {
  readonly priority?: number | undefined;
}

/**
 * The rules of a group in their order of evaluation and of explanation: the lower priority first, those without one last,
 * and as they stand where that says nothing.
 */
export const inOrder = <Rule extends Ranked>(rules: readonly Rule[]): readonly Rule[] =>
  rules.some(({ priority }) => priority !== undefined) ? rules.toSorted((a, b) => rank(a) - rank(b)) : rules;

const rank = ({ priority = Number.MAX_SAFE_INTEGER }: Ranked): number => priority;
