import type { Worker } from '../../drill/worker';
import type { CrashCase } from './crash-cases';

/** How the processes of one case died, one after the other. */
export interface Death {
  readonly point: string;
  readonly on: string;
  readonly signals: readonly (string | null)[];
}

/** What fired in a test file, written down as it happens. */
export class SometimesTable {
  readonly deaths: Death[] = [];

  add(death: Death): void {
    this.deaths.push(death);
  }

  print(): void {
    const lines = this.deaths.map(({ point, on, signals }) => `${point}  ${on}  ${signals.join(' ')}`);
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

/**
 * Starts a process armed with the point, and again when it is dead: the second one meets what the first one left, and
 * dies at its first chance. `provoke` runs while the first one is alive, for points that nothing passes by itself.
 */
export async function dieTwice<Made>(
  doomed: Worker,
  { point, passage }: CrashCase,
  provoke: () => Promise<Made>,
): Promise<{ readonly signals: readonly (string | null)[]; readonly made: Made }> {
  const first = dieOnce(doomed, `${point}@${passage}`);
  const made = await provoke();
  const signals = [await first, await dieOnce(doomed, point)];
  return { signals, made };
}

/** Not waiting for its readiness: it may die on the way there. */
export function dieOnce(doomed: Worker, setting: string): Promise<string | null> {
  void doomed.start({ CRASH_AT: setting });
  return doomed.death();
}
