import { DomainError } from '../shared/errors';
import type { ChannelKind } from '../shared/ledger-codes';
import { email } from './email';
import type { CheckedContent, Medium } from './medium';
import { readWhole } from './read-whole';
import { sms } from './sms';
import { isWhole } from './whole-content';

const media: Readonly<Partial<Record<ChannelKind, Medium>>> = { email, sms };

/** Judges content of a medium when it is saved. The path of a mistake starts at `path`. */
export function readContent(kind: ChannelKind, content: unknown, path: string): CheckedContent {
  const medium = media[kind];
  if (!medium) throw new DomainError('CONTENT_CHANNEL_UNAVAILABLE', `${kind} is not available yet`, path);
  return isWhole(content) ? readWhole(medium, { kind, content }, path) : medium.read(content, path);
}
