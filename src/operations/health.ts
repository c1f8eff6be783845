import { within } from '../shared/lifecycle';

/** One thing that this process cannot do its work without; `check` throws when it is away. */
export interface HealthCheck {
  readonly name: string;
  check(): Promise<unknown>;
}

/** What `/health/ready` says about each part. */
export interface Readiness {
  readonly status: 'ready' | 'unready' | 'stopping';
  readonly parts: Readonly<Record<string, 'up' | 'down'>>;
}

/** A load balancer asks often and waits little. */
const patienceMs = 1_000;

/** Asks every part at once. Why one is down is for the log, not for whoever asks. */
export async function readiness(
  checks: readonly HealthCheck[],
  onDown: (name: string, error: unknown) => void,
): Promise<Readiness> {
  const answers = await Promise.all(
    checks.map(async ({ name, check }) => {
      const up = await within(patienceMs, name, check()).then(
        () => true,
        (error: unknown) => {
          onDown(name, error);
          return false;
        },
      );
      return [name, up ? 'up' : 'down'] as const;
    }),
  );
  const status = answers.every(([, state]) => state === 'up') ? 'ready' : 'unready';
  return { status, parts: Object.fromEntries(answers) };
}
