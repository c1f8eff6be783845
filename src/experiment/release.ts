import type { FrozenVariant } from '../execution/frozen-plan';
import { toWeights, type Weights } from './epoch';
import type { Experiment } from './experiment';

const MINUTE_MS = 60_000;

/** When the first of those who wait are due; nothing where nobody waits. */
export function releaseOf(experiment: Experiment | undefined, start: Date): Date | null {
  if (!experiment || experiment.mode === 'SPLIT') return null;
  const waits = experiment.mode === 'TEST_THEN_ROLLOUT' ? experiment.testMinutes : 0;
  return new Date(start.getTime() + waits * MINUTE_MS);
}

/** The arms that send, by their allocations alone. */
export const firstWeights = (variants: readonly FrozenVariant[]): Weights => {
  const sending = variants.filter(({ isControl }) => !isControl);
  const none = sending.every(({ allocation }) => allocation === 0);
  return toWeights(sending.map(({ no, allocation }) => ({ no, share: none ? 1 : allocation })));
};
