import type { WorldRow } from '../simulator/world-log';
import type { Judgement } from './judgement';
import type { LedgerRow } from './ledger-view';

/** What a provider's log says, beside the differences. */
export interface ProviderFigures {
  readonly requests: number;
  readonly accepted: number;
  /** Messages asked about under a key that the provider had seen. */
  readonly repeats: number;
  /** Requests with at least one of those. */
  readonly repeatedRequests: number;
  readonly acceptedTwice: number;
  readonly lost: number;
}

const messageOf = (key: string): string => key.slice(0, key.lastIndexOf(':'));

/** The provider's log against the ledger. The log alone says what was accepted; nothing of ours wrote it. */
export async function judgeProvider(
  log: AsyncIterable<WorldRow>,
  ledger: readonly LedgerRow[],
  judgement: Judgement,
): Promise<ProviderFigures> {
  const keys = new Map<string, string>();
  const accepted = new Map<string, string>();
  const refusals = new Map<string, number>();
  const repeatedRequests = new Set<number>();
  let [requests, repeats, acceptedTwice] = [0, 0, 0];
  for await (const row of log) {
    requests = Math.max(requests, row.requestNo);
    const before = keys.get(row.key);
    if (before && before !== row.bodyHash) judgement.add('the same key with another body', row.key);
    if (before) {
      repeats += 1;
      repeatedRequests.add(row.requestNo);
    } else keys.set(row.key, row.bodyHash);
    const message = messageOf(row.key);
    if (row.verdict === 'refused' && !before) refusals.set(message, (refusals.get(message) ?? 0) + 1);
    if (row.verdict !== 'accepted') continue;
    if (accepted.has(message)) {
      acceptedTwice += 1;
      judgement.add('accepted twice', `${accepted.get(message)} and ${row.key}`);
    }
    accepted.set(message, row.key);
  }
  for (const [message, n] of refusals) if (n > 2) judgement.add('refused more than twice', message);
  const lost = compare(accepted, ledger, judgement);
  return { requests, repeats, repeatedRequests: repeatedRequests.size, acceptedTwice, accepted: accepted.size, lost };
}

function compare(accepted: ReadonlyMap<string, string>, ledger: readonly LedgerRow[], judgement: Judgement): number {
  const sent = new Set(ledger.filter((row) => row.disposition === 'sent').map((row) => row.messageId));
  const unheard = [...sent].filter((message) => !accepted.has(message));
  for (const message of unheard) judgement.add('sent in the ledger, never accepted', message);
  for (const message of accepted.keys())
    if (!sent.has(message)) judgement.add('accepted, not sent in the ledger', message);
  return unheard.length;
}
