import { z } from 'zod';
import { contentHash } from '../shared/canonical-json';
import { DomainError } from '../shared/errors';
import type { ChannelKind } from '../shared/ledger-codes';
import { isStorable } from '../shared/storable-text';
import type { Channel } from './channel';

const text = (most: number) => z.string().max(most).refine(isStorable, 'holds characters that cannot be stored');
// One line each: a line break in a header would begin another header (P-36).
const line = (most: number) => text(most).regex(/^[^\r\n]*$/, 'must be one line');
const address = line(320).regex(/^[^\s@<>,;]+@[^\s@<>,;]+$/, 'must be an e-mail address');

const email = z.strictObject({
  subject: line(255).min(1),
  html: text(500_000).min(1),
  text: text(500_000).optional(),
  senderName: line(100).optional(),
  senderEmail: address.optional(),
  replyTo: address.optional(),
  preheader: line(255).optional(),
});

/** An e-mail as its author writes it: Liquid in subject, html and text. */
export type EmailSource = z.output<typeof email>;

/** Content that was judged, and the hash that names it. */
export interface CheckedContent {
  readonly source: EmailSource;
  readonly hash: string;
}

/** Judges content when it is saved: its fields, then its templates. The path of a mistake starts at `path`. */
export function readContent(kind: ChannelKind, content: unknown, path: string): CheckedContent {
  if (kind !== 'email') throw new DomainError('CONTENT_CHANNEL_UNAVAILABLE', `${kind} is not available yet`, path);
  const result = email.safeParse(content);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new DomainError('CONTENT_INVALID', issue?.message ?? 'not valid', [path, ...(issue?.path ?? [])].join('.'));
  }
  return { source: result.data, hash: contentHash({ kind, source: result.data }) };
}

/** What commercial content must have and lacks (SPEC §9); nothing when it is complete. */
export function missingFromCommercial({ content }: Channel): string | undefined {
  if (/\{\{-?\s*unsubscribe_url\b/.test(String(content.html))) return undefined;
  return 'commercial e-mail needs an unsubscribe link: {{ unsubscribe_url }} in its html';
}
