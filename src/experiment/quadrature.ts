const POINTS = 16;

/** A point of a rule, and what it counts for. */
export interface Node {
  readonly x: number;
  readonly weight: number;
}

/** Gauss and Legendre's nodes between -1 and 1: exact for polynomials of degree 31. */
const RULE: readonly Node[] = Array.from({ length: POINTS }, (_, index) => {
  let x = Math.cos((Math.PI * (index + 0.75)) / (POINTS + 0.5));
  for (let step = 0; step < 8; step++) x -= legendre(x).value / legendre(x).slope;
  return { x, weight: 2 / ((1 - x * x) * legendre(x).slope ** 2) };
});

function legendre(x: number): { value: number; slope: number } {
  let [before, value] = [1, x];
  for (let n = 2; n <= POINTS; n++) [before, value] = [value, ((2 * n - 1) * x * value - (n - 1) * before) / n];
  return { value, slope: (POINTS * (x * value - before)) / (x * x - 1) };
}

/** Nodes over each panel between two neighbouring edges; edges in any order, doubled ones do no harm. */
export const nodesBetween = (edges: readonly number[]): Node[] => {
  const sorted = edges.toSorted((a, b) => a - b);
  return sorted.slice(1).flatMap((high, index) => {
    const low = sorted[index] ?? high;
    if (high <= low) return [];
    const half = (high - low) / 2;
    return RULE.map(({ x, weight }) => ({ x: low + half * (1 + x), weight: half * weight }));
  });
};
