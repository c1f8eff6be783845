import { decodeShortToken, shortTokens } from '../../src/content/short-token';
import { encodeTrackingToken } from '../../src/content/tracking-token';
import { encodeMessageId, messageIdKeys } from '../../src/shared/message-id';

const keys = messageIdKeys('a secret of at least thirty-two bytes');
const messageIdOf = (execNo: number, seq: number) => encodeMessageId(messageIdKeys('another, of ids'), execNo, seq);
const token = (execNo: number, seq: number, link?: number) => shortTokens(keys, messageIdOf(execNo, seq))?.(link) ?? '';
const DAY = 2 ** 32;

test('a short token says which link of which message, whatever their size, and fits into a URL as it is', () => {
  for (const execNo of [1, 127, 128, 20_800 * DAY, 20_800 * DAY + 127, 20_800 * DAY + 70_000, 60_000 * DAY + DAY - 1]) {
    for (const seq of [1, 127, 128, 16_384, 1_000_000, 2 ** 31 - 1]) {
      for (const link of [1, 2, 200]) {
        const made = token(execNo, seq, link);
        expect(decodeShortToken(keys, made)).toEqual({ execNo, seq, act: 'click', link });
        expect(made).toMatch(/^[\w-]+$/);
      }
      expect(decodeShortToken(keys, token(execNo, seq))).toEqual({ execNo, seq, act: 'unsubscribe', link: 0 });
    }
  }
});

test('it has a little more than half of the characters of a long one', () => {
  const [execNo, seq] = [20_800 * DAY + 100, 100_000];
  const long = encodeTrackingToken(keys, { messageId: messageIdOf(execNo, seq), act: 'click', link: 1 });
  expect([long.length, token(execNo, seq, 1).length]).toEqual([59, 34]);
});

test('no single changed character is taken, nor one that is missing or more', () => {
  const made = token(20_800 * DAY + 5, 123_456, 3);
  for (let at = 0; at < made.length; at++) {
    for (const other of 'abcxyz0189AZ_-') {
      const changed = made.slice(0, at) + other + made.slice(at + 1);
      if (changed !== made) expect(decodeShortToken(keys, changed)).toBeUndefined();
    }
    expect(decodeShortToken(keys, made.slice(0, at) + made.slice(at + 1))).toBeUndefined();
    expect(decodeShortToken(keys, `${made.slice(0, at)}A${made.slice(at)}`)).toBeUndefined();
  }
});

test('what is no token of ours is none', () => {
  const foreign = shortTokens(messageIdKeys('a secret of somebody else, long enough'), messageIdOf(5, 5))?.(1) ?? '';
  for (const none of [
    '',
    'a',
    foreign,
    'A'.repeat(26),
    'x'.repeat(100_000),
    `${'_'.repeat(40)}${'A'.repeat(22)}`,
    '__proto__',
  ])
    expect(decodeShortToken(keys, none)).toBeUndefined();
  expect(shortTokens(keys, 'msg_preview')).toBeUndefined();
});

test('it outlives the rotation of its key while the key is listed', () => {
  const both = messageIdKeys('2:a new secret of thirty-two bytes or more,1:a secret of at least thirty-two bytes');
  const made = token(7, 7, 1);
  expect(decodeShortToken(both, made)).toMatchObject({ execNo: 7, link: 1 });
  expect(decodeShortToken(messageIdKeys('2:a new secret of thirty-two bytes or more'), made)).toBeUndefined();
});
