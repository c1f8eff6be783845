import { withoutComments } from '../content/without-comments';
import { localePath, partsOf, withBlocks } from '../medium/whole-content';
import { CHANNEL } from '../shared/ledger-codes';
import type { Channel } from './channel';

/** What content lacks, and where below its variant. */
export interface Lack {
  readonly message: string;
  readonly path: string;
}

const UNSUBSCRIBE = /\{\{-?\s*unsubscribe_url\b/;

/** What commercial content must have and lacks (SPEC §9), in whatever language; nothing when it is complete. */
export function missingFromCommercial({ kind, content }: Channel): Lack | undefined {
  if (kind !== CHANNEL.email) return undefined;
  const { fields, locales, pinned } = partsOf(content);
  const htmls = [fields, ...locales.map((one) => one.content)].map((own) => withBlocks(own, pinned, 'content').html);
  const index = htmls.findIndex((html) => !UNSUBSCRIBE.test(withoutComments(String(html))));
  if (index < 0) return undefined;
  const message = 'commercial e-mail needs an unsubscribe link: {{ unsubscribe_url }} in its html';
  return { message, path: index === 0 ? 'email' : localePath('email.content', index - 1) };
}
