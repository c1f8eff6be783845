import { CHANNEL } from '../shared/ledger-codes';
import type { Channel } from './channel';

/** What commercial content must have and lacks (SPEC §9); nothing when it is complete. */
export function missingFromCommercial({ kind, content }: Channel): string | undefined {
  if (kind !== CHANNEL.email || /\{\{-?\s*unsubscribe_url\b/.test(String(content.html))) return undefined;
  return 'commercial e-mail needs an unsubscribe link: {{ unsubscribe_url }} in its html';
}
