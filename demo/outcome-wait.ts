import { setTimeout as pause } from 'node:timers/promises';
import { showProgress } from './progress-lines';
import type { Simulator } from './simulator-process';

/**
 * Lets people do what they did, and waits until the service has acknowledged each event: it does so only after its
 * commit, so from then on the figures are final. The simulator alone can say this; the result is read elsewhere.
 */
export async function tellOutcomes(simulator: Simulator, organizationId: string): Promise<void> {
  await simulator.startOutcomes(organizationId);
  const progress = showProgress('outcomes');
  try {
    for (;;) {
      const stats = await simulator.stats();
      progress.update(stats.outcomesAcknowledged, stats.outcomes);
      if (stats.outcomesUnacknowledged === 0 && stats.receiptsUnacknowledged === 0) return;
      await pause(200);
    }
  } finally {
    progress.end();
  }
}
