import { jsonOf } from '../content/rendered-content';
import type { Transport } from './transport';

/**
 * Accepts everything and only notes it: for development, and for measuring what all else costs.
 * The note holds ids only, never an address or a body (P-38).
 */
export function createLogTransport(
  note: (line: { key: string; campaignId: string; bytes: number }) => void,
): Transport {
  return {
    name: 'log',
    takesKeys: true,
    batch: 500,
    concurrency: 4,
    async handOver(messages) {
      return messages.map(({ key, campaignId, content }) => {
        note({ key, campaignId, bytes: jsonOf(content).length });
        return { key, outcome: 'accepted' };
      });
    },
    async close() {},
  };
}
