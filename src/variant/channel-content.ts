import { compileEmail } from '../content/compile-email';
import type { CompiledEmail } from '../content/compiled-email';
import { type EmailSource, emailHash, readEmailSource } from '../content/email-content';
import { DomainError } from '../shared/errors';
import type { ChannelKind } from '../shared/ledger-codes';
import type { Channel } from './channel';

/** Content that was judged, and the hash that names it. */
export interface CheckedContent {
  readonly source: EmailSource;
  readonly compiled: CompiledEmail;
  readonly hash: string;
}

/** Judges content when it is saved: its fields, then its templates. The path of a mistake starts at `path`. */
export function readContent(kind: ChannelKind, content: unknown, path: string): CheckedContent {
  if (kind !== 'email') throw new DomainError('CONTENT_CHANNEL_UNAVAILABLE', `${kind} is not available yet`, path);
  const source = readEmailSource(content, path);
  return { source, compiled: compileEmail(source, path), hash: emailHash(source) };
}

/** What commercial content must have and lacks (SPEC §9); nothing when it is complete. */
export function missingFromCommercial({ content }: Channel): string | undefined {
  if (/\{\{-?\s*unsubscribe_url\b/.test(String(content.html))) return undefined;
  return 'commercial e-mail needs an unsubscribe link: {{ unsubscribe_url }} in its html';
}
