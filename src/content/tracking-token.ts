import { hash, timingSafeEqual } from 'node:crypto';
import type { MessageIdKeys } from '../shared/message-id';

/** Keys by number, as for message ids; verifiers of old numbers stay for two years. */
export type TrackingKeys = MessageIdKeys;

/** What a link of a mail is for. */
export type TrackedAct = 'click' | 'open' | 'unsubscribe' | 'view';

export interface Tracked {
  readonly messageId: string;
  readonly act: TrackedAct;
  /** Number of the link in its template; 0 where there is but one. */
  readonly link: number;
}

const LETTERS: Readonly<Record<TrackedAct, string>> = { click: 'c', open: 'o', unsubscribe: 'u', view: 'v' };
const ACTS = new Map(Object.entries(LETTERS).map(([act, letter]) => [letter, act as TrackedAct]));
const SHAPE = /^(\w{1,60})\.([couv])([0-9a-z]{1,4})\.(\d{1,2})\.([\w-]{22})$/;
const PREFIX = 'msg_';

/** Writes the tokens of one message: its key is made once, each of its links then costs a single short hash. */
export function trackingTokens(keys: TrackingKeys, messageId: string): (act: TrackedAct, link?: number) => string {
  const secret = keys.secrets.get(keys.current);
  if (secret === undefined) throw new RangeError(`no secret for key ${keys.current}`);
  const id = messageId.slice(PREFIX.length);
  const messageKey = messageKeyOf(secret, id);
  return (act, link = 0) => {
    const place = `${LETTERS[act]}${link.toString(36)}.${keys.current}`;
    return `${id}.${place}.${tag(messageKey, place)}`;
  };
}

/** `{message}.{act and link}.{key}.{tag}`: says which link of which message, and only we can have written it. */
export const encodeTrackingToken = (keys: TrackingKeys, { messageId, act, link }: Tracked): string =>
  trackingTokens(keys, messageId)(act, link);

/** Undefined for what we have not written: forged, altered, or of a key no longer listed. */
export function decodeTrackingToken(keys: TrackingKeys, token: string): Tracked | undefined {
  const [, id, letter, link, keyNo, given] = SHAPE.exec(token) ?? [];
  const act = ACTS.get(letter ?? '');
  const secret = keys.secrets.get(Number(keyNo));
  if (id === undefined || link === undefined || given === undefined || !act || secret === undefined) return undefined;
  const expected = tag(messageKeyOf(secret, id), `${letter}${link}.${keyNo}`);
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected))) return undefined;
  return { messageId: `${PREFIX}${id}`, act, link: Number.parseInt(link, 36) };
}

// Its own label keeps it apart from all else this secret may sign. A plain hash will do where an HMAC would cost three of
// them: nobody outside ever sees this digest, so nobody can carry it on to a longer text.
const messageKeyOf = (secret: string, id: string): string => hash('sha256', `${secret}\0tracking\0${id}`, 'base64url');

// 132 of the 256 bits: a guess hits once in 2^132. The key has one length and most of the digest stays here, so that
// no tag can be carried on to a longer text.
const tag = (messageKey: string, place: string): string =>
  hash('sha256', `${messageKey}\0${place}`, 'base64url').slice(0, 22);
