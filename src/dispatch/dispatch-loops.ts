import type { BaseLogger } from 'pino';
import { startLoop, type WakeableLoop } from '../events/wakeable-loop';
import { type DispatchParts, dispatchSteps } from './dispatch-work';
import type { Leader } from './leader';

/** The dispatcher's loops, running. */
export interface DispatchLoops {
  wake(): void;
  stop(): Promise<void>;
}

const IDLE_MS = 250;
/** Whoever ends a chunk or starts a campaign wakes the loops; what it asks of the database is asked so often at most. */
const WAKE_EVERY_MS = 50;

/**
 * Planning, expanding, hinting and sweeping go on beside each other, so that no long audience holds up the chunks that are ready.
 * Each runs only while this process leads. Planning and sweeping look around by themselves: woken for each chunk that
 * ends, they would ask for nothing a hundred times.
 */
export function startDispatchLoops(
  parts: DispatchParts,
  leader: Leader,
  log: BaseLogger,
  startDue: () => Promise<boolean>,
): DispatchLoops {
  const loop = (name: string, step: () => Promise<boolean>) =>
    startLoop({ name, log, idleMs: IDLE_MS, round: async () => (await leader.leads()) && step() });
  const changed = (campaignId: string) => {
    parts.changed(campaignId);
    hinting.wake();
  };
  const steps = dispatchSteps({ ...parts, changed });
  const hinting = loop('hint', steps.hint);
  const sweeping = loop('sweep', steps.sweep);
  const expanding = loop('expand', steps.expand);
  const planning = loop('plan', async () => {
    if (await startDue()) expanding.wake();
    return false;
  });
  const waking = gathered([expanding, hinting]);
  return {
    wake: waking.wake,
    stop: async () => {
      waking.stop();
      await Promise.all([planning, expanding, hinting, sweeping].map((one) => one.stop()));
      await leader.resign();
    },
  };
}

/** Wakes loops once for all who ask within a few milliseconds. */
function gathered(loops: readonly WakeableLoop[]): { wake(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const wakeAll = () => {
    timer = undefined;
    for (const one of loops) one.wake();
  };
  return {
    wake: () => {
      timer ??= setTimeout(wakeAll, WAKE_EVERY_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
