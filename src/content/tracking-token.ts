import { createHmac, timingSafeEqual } from 'node:crypto';
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

/** `{message}.{act and link}.{key}.{tag}`: says which link of which message, and only we can have written it. */
export function encodeTrackingToken(keys: TrackingKeys, { messageId, act, link }: Tracked): string {
  const secret = keys.secrets.get(keys.current);
  if (secret === undefined) throw new RangeError(`no secret for key ${keys.current}`);
  const body = `${messageId.slice(PREFIX.length)}.${LETTERS[act]}${link.toString(36)}.${keys.current}`;
  return `${body}.${tag(secret, body)}`;
}

/** Undefined for what we have not written: forged, altered, or of a key no longer listed. */
export function decodeTrackingToken(keys: TrackingKeys, token: string): Tracked | undefined {
  const [, id, letter, link, keyNo, given] = SHAPE.exec(token) ?? [];
  const act = ACTS.get(letter ?? '');
  const secret = keys.secrets.get(Number(keyNo));
  if (id === undefined || link === undefined || given === undefined || !act || secret === undefined) return undefined;
  const expected = tag(secret, token.slice(0, token.lastIndexOf('.')));
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected))) return undefined;
  return { messageId: `${PREFIX}${id}`, act, link: Number.parseInt(link, 36) };
}

// 132 of the 256 bits: a guess hits once in 2^132. Its own label keeps it apart from all else this secret may sign.
const tag = (secret: string, body: string): string =>
  createHmac('sha256', secret).update('tracking\0').update(body).digest('base64url').slice(0, 22);
