/** So many points an hour; as many may be spent at once after an idle hour. */
export interface Allowance {
  readonly name: string;
  readonly perHour: number;
}

/** What one operation takes from one bucket. The key names whose it is, the organization first. */
export interface Spend {
  readonly key: string;
  readonly points: number;
  readonly perHour: number;
}

/** Where buckets stand. */
export interface Buckets {
  /** Takes from all of them or from none: 0, or the milliseconds after which it is worth another try. Throws when it cannot tell. */
  take(spends: readonly Spend[]): Promise<number>;
}

export const HOUR_MS = 3_600_000;

/** A bucket that was seen at `at` with `level` in it. */
interface Level {
  readonly level: number;
  readonly at: number;
}

/** Past this the oldest bucket is forgotten, which fills it: a flood of callers costs precision, never memory. */
const remembered = 50_000;

/** Buckets of one process alone: each process then allows as much as all of them should. */
export function createLocalBuckets(now: () => number): Buckets {
  const levels = new Map<string, Level>();
  const put = (key: string, level: Level): void => {
    levels.delete(key);
    levels.set(key, level);
    const [oldest] = levels.keys();
    if (levels.size > remembered && oldest !== undefined) levels.delete(oldest);
  };
  return {
    take: async (spends) => {
      const at = now();
      const found = spends.map((spend) => ({ ...spend, level: levelOf(levels.get(spend.key), spend.perHour, at) }));
      const wait = Math.max(0, ...found.map(waitFor));
      if (wait === 0) for (const { key, level, points } of found) put(key, { level: level - points, at });
      return wait;
    },
  };
}

function levelOf(known: Level | undefined, perHour: number, at: number): number {
  if (known === undefined) return perHour;
  return Math.min(perHour, known.level + (Math.max(0, at - known.at) * perHour) / HOUR_MS);
}

// What is dearer than a bucket holds waits until it is full, and leaves a debt.
function waitFor({ level, points, perHour }: Spend & { level: number }): number {
  return Math.max(0, Math.ceil(((Math.min(points, perHour) - level) * HOUR_MS) / perHour));
}
