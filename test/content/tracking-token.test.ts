import { decodeTrackingToken, encodeTrackingToken, type Tracked } from '../../src/content/tracking-token';
import { encodeMessageId, messageIdKeys } from '../../src/shared/message-id';

const keys = messageIdKeys('a secret of at least thirty-two bytes');
const messageId = encodeMessageId(keys, 20_778 * 2 ** 32 + 5, 123_456);
const all: Tracked[] = [
  { messageId, act: 'click', link: 1 },
  { messageId, act: 'click', link: 1_000 },
  { messageId, act: 'open', link: 0 },
  { messageId, act: 'unsubscribe', link: 0 },
  { messageId, act: 'view', link: 0 },
];

test('a token says which link of which message, and fits into a URL as it is', () => {
  for (const tracked of all) {
    const token = encodeTrackingToken(keys, tracked);
    expect(decodeTrackingToken(keys, token)).toEqual(tracked);
    expect(encodeURIComponent(token)).toBe(token);
  }
  expect(new Set(all.map((tracked) => encodeTrackingToken(keys, tracked))).size).toBe(all.length);
});

test('no single changed character is taken', () => {
  const token = encodeTrackingToken(keys, { messageId, act: 'click', link: 1 });
  const alphabet = 'abcxyz0189AZ_-.';
  for (let at = 0; at < token.length; at++) {
    for (const other of alphabet) {
      if (token[at] === other) continue;
      expect(decodeTrackingToken(keys, token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
    }
  }
});

test('what is no token of ours is none', () => {
  const foreign = encodeTrackingToken(messageIdKeys('another secret of thirty-two bytes!'), {
    messageId,
    act: 'open',
    link: 0,
  });
  for (const token of [
    '',
    '.',
    foreign,
    'a.c1.1.',
    `${'x'.repeat(100_000)}.c1.1.aaaaaaaaaaaaaaaaaaaaaa`,
    '__proto__.c1.1.aaaaaaaaaaaaaaaaaaaaaa',
  ]) {
    expect(decodeTrackingToken(keys, token)).toBeUndefined();
  }
});

test('a token outlives the rotation of its key while the key is listed', () => {
  const old = messageIdKeys('1:an old secret of thirty-two bytes or more');
  const both = messageIdKeys('2:a new secret of thirty-two bytes or more,1:an old secret of thirty-two bytes or more');
  const token = encodeTrackingToken(old, { messageId, act: 'open', link: 0 });
  expect(decodeTrackingToken(both, token)?.messageId).toBe(messageId);
  expect(decodeTrackingToken(messageIdKeys('2:a new secret of thirty-two bytes or more'), token)).toBeUndefined();
});
