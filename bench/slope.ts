/** A line through points, by least squares: how steep it is, and how sure that is. */
export interface Slope {
  readonly slope: number;
  /** Standard error of the slope. */
  readonly error: number;
}

export function slopeOf(points: readonly (readonly [number, number])[]): Slope {
  const n = points.length;
  const mean = (of: (point: readonly [number, number]) => number) => points.reduce((sum, one) => sum + of(one), 0) / n;
  const [x, y] = [mean(([one]) => one), mean(([, one]) => one)];
  const spread = points.reduce((sum, [one]) => sum + (one - x) ** 2, 0);
  const slope = points.reduce((sum, [one, other]) => sum + (one - x) * (other - y), 0) / spread;
  const rest = points.reduce((sum, [one, other]) => sum + (other - y - slope * (one - x)) ** 2, 0);
  return { slope, error: Math.sqrt(rest / Math.max(1, n - 2) / spread) };
}
