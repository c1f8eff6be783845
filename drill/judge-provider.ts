import type { WorldRow } from '../simulator/world-log';
import type { Judgement } from './judgement';
import type { LedgerRow } from './ledger-view';

/** What a provider's log says, beside the differences. */
export interface ProviderFigures {
  readonly requests: number;
  readonly accepted: number;
  /** Messages asked about under a key that the provider had seen. */
  readonly repeats: number;
  readonly acceptedTwice: number;
  readonly lost: number;
}

interface Seen {
  readonly bodyHash: string;
  refused: boolean;
}

const messageOf = (key: string): string => key.slice(0, key.lastIndexOf(':'));

/** The provider's log against the ledger. The log alone says what was accepted; nothing of ours wrote it. */
export async function judgeProvider(
  log: AsyncIterable<WorldRow>,
  ledger: readonly LedgerRow[],
  judgement: Judgement,
): Promise<ProviderFigures> {
  const keys = new Map<string, Seen>();
  const accepted = new Map<string, string>();
  const refusals = new Map<string, number>();
  let [requests, repeats, acceptedTwice] = [0, 0, 0];
  for await (const row of log) {
    requests = Math.max(requests, row.requestNo);
    const before = keys.get(row.key);
    if (before && before.bodyHash !== row.bodyHash) judgement.add('the same key with another body', row.key);
    if (before) repeats += 1;
    else keys.set(row.key, { bodyHash: row.bodyHash, refused: row.verdict === 'refused' });
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
  return { requests, repeats, acceptedTwice, accepted: accepted.size, lost: compare(accepted, ledger, judgement) };
}

function compare(accepted: ReadonlyMap<string, string>, ledger: readonly LedgerRow[], judgement: Judgement): number {
  const sent = new Set(ledger.filter((row) => row.disposition === 'sent').map((row) => row.messageId));
  const unheard = [...sent].filter((message) => !accepted.has(message));
  for (const message of unheard) judgement.add('sent in the ledger, never accepted', message);
  for (const message of accepted.keys())
    if (!sent.has(message)) judgement.add('accepted, not sent in the ledger', message);
  return unheard.length;
}
