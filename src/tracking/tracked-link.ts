import { decodeShortToken } from '../content/short-token';
import { decodeTrackingToken, type TrackedAct } from '../content/tracking-token';
import type { MessageKey } from '../shared/message-id';
import type { TrackingParts } from './tracking-parts';

/** A link that we wrote into a mail. */
export interface TrackedLink extends MessageKey {
  readonly messageId: string;
  readonly link: number;
}

/**
 * What a token names, or undefined for what we have not written for this act. A wrong token costs a hash and never a
 * statement, whatever is wrong with it: time tells a guesser nothing, and guessing does not load the database.
 */
export function readLink(
  { keys, ids }: Pick<TrackingParts, 'keys' | 'ids'>,
  act: TrackedAct,
  token: string,
): TrackedLink | undefined {
  // No long token is without a dot, and no short one has any.
  if (!token.includes('.')) return readShort({ keys, ids }, act, token);
  const tracked = decodeTrackingToken(keys, token);
  const key = tracked?.act === act ? ids.decode(tracked.messageId) : undefined;
  return tracked && key && { ...key, messageId: tracked.messageId, link: tracked.link };
}

function readShort(
  { keys, ids }: Pick<TrackingParts, 'keys' | 'ids'>,
  act: TrackedAct,
  token: string,
): TrackedLink | undefined {
  const tracked = decodeShortToken(keys, token);
  if (tracked?.act !== act) return undefined;
  const { execNo, seq, link } = tracked;
  return { execNo, seq, link, messageId: ids.encode(execNo, seq) };
}
