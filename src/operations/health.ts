import { within } from '../shared/lifecycle';

/** One part that this process is connected to; `check` throws when it is away. */
export interface HealthCheck {
  readonly name: string;
  /** The work goes on without it: shown when it is down, and no reason to be unready. */
  readonly optional?: boolean;
  /** What needs it has a fallback: without it the process is degraded, not ill. */
  readonly degrades?: boolean;
  check(): Promise<unknown>;
}

/** What `/health/ready` says about each part. */
export interface Readiness {
  readonly status: 'ready' | 'unready' | 'stopping';
  readonly parts: Readonly<Record<string, 'up' | 'degraded' | 'down'>>;
}

/** A load balancer asks often and waits little. */
const patienceMs = 1_000;

/** Asks every part at once. Why one is down is for the log, not for whoever asks. */
export async function readiness(
  checks: readonly HealthCheck[],
  onDown: (name: string, error: unknown) => void,
): Promise<Readiness> {
  const answers = await Promise.all(
    checks.map(async ({ name, check, optional = false, degrades = false }) => {
      const up = await within(patienceMs, name, check()).then(
        () => true,
        (error: unknown) => {
          onDown(name, error);
          return false;
        },
      );
      const state: Readiness['parts'][string] = up ? 'up' : degrades ? 'degraded' : 'down';
      return { name, state, hinders: !up && !optional && !degrades };
    }),
  );
  const status = answers.some(({ hinders }) => hinders) ? 'unready' : 'ready';
  return { status, parts: Object.fromEntries(answers.map(({ name, state }) => [name, state])) };
}
