import { hash } from 'node:crypto';

/** Secrets by key number; new ids use `current`, ids of every listed key are read. */
export interface MessageIdKeys {
  readonly current: number;
  readonly secrets: ReadonlyMap<number, string>;
}

export interface MessageKey {
  readonly execNo: number;
  readonly seq: number;
}

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const PREFIX = 'msg_';
const EXEC_DIGITS = 11;
const SEQ_DIGITS = 7;
const TAG_DIGITS = 12;
const BODY = 1 + EXEC_DIGITS + SEQ_DIGITS;
const SHAPE = new RegExp(`^${PREFIX}[${DIGITS}]{${BODY}}[0-9a-f]{${TAG_DIGITS}}$`);
const MAX_SEQ = 2 ** 31 - 1;

/**
 * Reads the setting: one secret (it is key 1), or `2:newer,1:older`, where the first one signs new ids.
 * Key numbers are 0 to 31 and never used again for another secret.
 */
export function messageIdKeys(setting: string): MessageIdKeys {
  const listed = setting.split(',').map((part) => /^(\d{1,2}):(.+)$/.exec(part.trim()));
  const pairs = listed.map((match) => [Number(match?.[1]), match?.[2] ?? ''] as const);
  const [first] = pairs;
  if (!first || listed.includes(null)) return { current: 1, secrets: new Map([[1, setting]]) };
  if (pairs.some(([no]) => no >= DIGITS.length)) throw new RangeError('a key number is above 31');
  return { current: first[0], secrets: new Map(pairs) };
}

/**
 * A message's public name: its key, a key number and a tag that only we can compute. It needs no column, finds its row
 * directly, and does not change when the secret is rotated as long as the old key stays listed.
 */
export function encodeMessageId(keys: MessageIdKeys, execNo: number, seq: number, keyNo = keys.current): string {
  const secret = keys.secrets.get(keyNo);
  if (secret === undefined) throw new RangeError(`no secret for key ${keyNo}`);
  const body = `${DIGITS.charAt(keyNo)}${base32(execNo, EXEC_DIGITS)}${base32(seq, SEQ_DIGITS)}`;
  return `${PREFIX}${body}${tag(secret, body)}`;
}

/** The key that an id names, or undefined when we have not made it: forged, altered, or of a key no longer listed. */
export function decodeMessageId(keys: MessageIdKeys, id: string): MessageKey | undefined {
  if (!SHAPE.test(id)) return undefined;
  const body = id.slice(PREFIX.length, PREFIX.length + BODY);
  const secret = keys.secrets.get(DIGITS.indexOf(body.charAt(0)));
  if (secret === undefined || tag(secret, body) !== id.slice(PREFIX.length + BODY)) return undefined;
  const { execNo, seq } = keyIn(body);
  return Number.isSafeInteger(execNo) && seq <= MAX_SEQ ? { execNo, seq } : undefined;
}

/** The key that an id seems to name: what its tag says is not asked. */
export function messageKeyIn(id: string): MessageKey | undefined {
  if (!SHAPE.test(id)) return undefined;
  return keyIn(id.slice(PREFIX.length, PREFIX.length + BODY));
}

const keyIn = (body: string): MessageKey => ({
  execNo: parse(body, 1, 1 + EXEC_DIGITS),
  seq: parse(body, 1 + EXEC_DIGITS, BODY),
});

/** Both directions with the keys of one setting. */
export interface MessageIds {
  encode(execNo: number, seq: number): string;
  decode(id: string): MessageKey | undefined;
}

export function messageIdsOf(setting: string): MessageIds {
  const keys = messageIdKeys(setting);
  return {
    encode: (execNo, seq) => encodeMessageId(keys, execNo, seq),
    decode: (id) => decodeMessageId(keys, id),
  };
}

// One short hash is enough here: bodies have one length and the tag is a part of the digest, so none can be extended.
const tag = (secret: string, body: string): string => hash('sha256', `${secret}\n${body}`, 'hex').slice(0, TAG_DIGITS);

function base32(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = DIGITS.charAt(rest % 32) + text;
  return text;
}

// By character code: receipts come by the million, and to search each digit in the text of all was a tenth of ingest.
const VALUES = Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, DIGITS.indexOf(String.fromCharCode(code))));

function parse(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 32 + (VALUES[text.charCodeAt(at)] ?? 0);
  return value;
}
