import { hash, timingSafeEqual } from 'node:crypto';
import { type MessageKey, messageKeyIn } from '../shared/message-id';
import type { TrackingKeys } from './tracking-token';

/** What a short token names. Where links are short, two acts are enough. */
export interface ShortTracked extends MessageKey {
  readonly act: 'click' | 'unsubscribe';
  /** Number of the link in its template; 0 when it is none. */
  readonly link: number;
}

/** Characters of the tag: 132 bits of a digest, so a guess hits once in 2^132. */
const TAG = 22;
const SHAPE = /^([\w-]{4,40})([\w-]{22})$/;
const DAY = 2 ** 32;

/**
 * The same as a tracking token in half of the characters, for where each is paid for: the numbers of message and link as they
 * are, not the message's public id. Undefined for an id that is none of ours, which a preview or a test may have.
 */
export function shortTokens(keys: TrackingKeys, messageId: string): ((link?: number) => string) | undefined {
  const secret = keys.secrets.get(keys.current);
  const key = messageKeyIn(messageId);
  if (secret === undefined || key === undefined) return undefined;
  const { execNo, seq } = key;
  const message = [keys.current, Math.floor(execNo / DAY), execNo % DAY, seq];
  return (link = 0) => {
    const place = pack([...message, link]);
    return `${place}${tag(secret, place)}`;
  };
}

/** Undefined for what we have not written: forged, altered, or of a key no longer listed. */
export function decodeShortToken(keys: TrackingKeys, token: string): ShortTracked | undefined {
  const [, place = '', given = ''] = SHAPE.exec(token) ?? [];
  const [keyNo, day = 0, n = 0, seq, link, ...more] = unpack(place);
  const secret = keyNo === undefined ? undefined : keys.secrets.get(keyNo);
  if (secret === undefined || seq === undefined || link === undefined || more.length > 0) return undefined;
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(tag(secret, place)))) return undefined;
  return { execNo: day * DAY + n, seq, act: link > 0 ? 'click' : 'unsubscribe', link };
}

// The digest's other half stays here, so that no tag can be carried on to a longer text.
const tag = (secret: string, place: string): string =>
  hash('sha256', `${secret}\0short\0${place}`, 'base64url').slice(0, TAG);

/** Numbers in as many bytes as they need, seven bits in each. */
function pack(numbers: readonly number[]): string {
  const bytes: number[] = [];
  for (let rest of numbers) {
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(128 + (rest % 128));
    bytes.push(rest);
  }
  return Buffer.from(bytes).toString('base64url');
}

function unpack(text: string): readonly number[] {
  const numbers: number[] = [];
  let [value, scale] = [0, 1];
  for (const byte of Buffer.from(text, 'base64url')) {
    value += (byte % 128) * scale;
    scale *= 128;
    if (byte >= 128) continue;
    numbers.push(value);
    [value, scale] = [0, 1];
  }
  return numbers;
}
