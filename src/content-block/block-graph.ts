import { DomainError } from '../shared/errors';

/** Which blocks each block uses, by their keys. */
export type BlockUses = ReadonlyMap<string, readonly string[]>;

/** Refuses blocks that would hold themselves, or stand in each other deeper than so many. */
export function checkNesting(uses: BlockUses, most: number): void {
  const depths = new Map<string, number>();
  for (const key of uses.keys()) {
    const depth = depthOf(key, uses, { depths, within: [] });
    if (depth <= most) continue;
    throw new DomainError(
      'CONTENT_BLOCK_DEPTH',
      `blocks stand in each other at most ${most} deep: ${key} would come to ${depth}`,
      'content',
    );
  }
}

interface Walk {
  readonly depths: Map<string, number>;
  readonly within: readonly string[];
}

function depthOf(key: string, uses: BlockUses, { depths, within }: Walk): number {
  const known = depths.get(key);
  if (known !== undefined) return known;
  if (within.includes(key)) {
    const circle = [...within.slice(within.indexOf(key)), key].join(' → ');
    throw new DomainError('CONTENT_BLOCK_CYCLE', `a block would hold itself: ${circle}`, 'content');
  }
  const inner = (uses.get(key) ?? []).map((used) => depthOf(used, uses, { depths, within: [...within, key] }));
  const depth = 1 + Math.max(0, ...inner);
  depths.set(key, depth);
  return depth;
}
