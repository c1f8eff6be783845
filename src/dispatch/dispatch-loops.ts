import type { BaseLogger } from 'pino';
import { startLoop } from '../events/wakeable-loop';
import { type DispatchParts, expandOpen, hintDue, sweep } from './dispatch-work';
import { Hints } from './hints';
import type { Leader } from './leader';

/** The dispatcher's loops, running. */
export interface DispatchLoops {
  wake(): void;
  stop(): Promise<void>;
}

const IDLE_MS = 250;

/**
 * Planning, expanding, hinting and sweeping go on beside each other, so that no long audience holds up the chunks that are ready.
 * Each runs only while this process leads.
 */
export function startDispatchLoops(
  parts: DispatchParts,
  leader: Leader,
  log: BaseLogger,
  startDue: () => Promise<boolean>,
): DispatchLoops {
  const hints = new Hints();
  const loop = (name: string, step: () => Promise<boolean>) =>
    startLoop({ name, log, idleMs: IDLE_MS, round: async () => (await leader.leads()) && step() });
  const hinting = loop('hint', () => hintDue(parts, hints));
  const sweeping = loop('sweep', () => sweep(parts));
  const expanding = loop('expand', async () => {
    const more = await expandOpen(parts);
    hinting.wake();
    return more;
  });
  const planning = loop('plan', async () => {
    const started = await startDue();
    if (started) expanding.wake();
    return false;
  });
  const loops = [planning, expanding, hinting, sweeping];
  return {
    wake: () => {
      for (const one of loops) one.wake();
    },
    stop: async () => {
      await Promise.all(loops.map((one) => one.stop()));
      await leader.resign();
    },
  };
}
