import type { DrillOptions } from './options';
import { pick, type Random } from './random';
import type { Stage } from './stage';
import { until } from './until';
import type { Worker } from './worker';

export type StrikeKind = 'kill' | 'postgres' | 'wipe';

/** One disaster, due when so many messages have ended. */
export interface Strike {
  readonly kind: StrikeKind;
  readonly at: number;
}

/** Spread by progress, not by time: all of them fall within the run, however fast the machine is. */
export function planStrikes(options: DrillOptions, random: Random): Strike[] {
  const some = (kind: StrikeKind, n: number) =>
    Array.from({ length: n }, () => ({ kind, at: Math.floor(options.recipients * (0.01 + 0.96 * random())) }));
  const all = [...some('kill', options.kills), ...some('postgres', options.postgres), ...some('wipe', options.wipe)];
  return all.sort((a, b) => a.at - b.at);
}

/** Does it; answers what was hit. Whatever was killed is being started again when this returns. */
export async function strike(
  kind: StrikeKind,
  stage: Stage,
  workers: readonly Worker[],
  random: Random,
): Promise<string> {
  if (kind === 'kill') return killOne(workers, random);
  if (kind === 'postgres') {
    await stage.parts.postgres.kill9();
    await stage.parts.postgres.restart();
    return 'postgres';
  }
  const wiped = [stage.parts.nats, ...(stage.parts.redisUrl ? [stage.parts.redis] : [])];
  await Promise.all(wiped.map((part) => part.wipe()));
  await Promise.all(wiped.map((part) => part.restart()));
  return wiped.map((part) => part.name).join(' and ');
}

/** Mostly one that is at work; one in ten may also be at its start. */
async function killOne(workers: readonly Worker[], random: Random): Promise<string> {
  const patience = Date.now() + (random() < 0.1 ? 0 : 10_000);
  const ready = await until(
    patience,
    async () => {
      const found = workers.filter((worker) => worker.isReady);
      return found.length > 0 ? found : undefined;
    },
    20,
  );
  const victim = pick(random, ready ?? workers);
  await victim.kill9();
  void victim.start();
  return victim.command.name;
}
