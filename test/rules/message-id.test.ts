import fc from 'fast-check';
import { decodeMessageId, encodeMessageId, messageIdKeys } from '../../src/shared/message-id';

const keys = messageIdKeys('a secret of one machine');
const execNo = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const seq = fc.integer({ min: 0, max: 2 ** 31 - 1 });

test('an id gives back the key it was made of', () => {
  fc.assert(
    fc.property(execNo, seq, (exec, n) => {
      expect(decodeMessageId(keys, encodeMessageId(keys, exec, n))).toEqual({ execNo: exec, seq: n });
    }),
  );
});

test('an id with any one character changed is refused', () => {
  const altered = fc.record({
    execNo,
    seq,
    place: fc.nat(34),
    by: fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz_A '),
  });
  fc.assert(
    fc.property(altered, ({ execNo: exec, seq: n, place, by }) => {
      const id = encodeMessageId(keys, exec, n);
      const forged = id.slice(0, place) + by + id.slice(place + 1);
      fc.pre(forged !== id);
      expect(decodeMessageId(keys, forged)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

test('an id of another secret, and text that is no id, are refused', () => {
  expect(decodeMessageId(keys, encodeMessageId(messageIdKeys('another'), 5, 6))).toBeUndefined();
  for (const text of [
    '',
    'msg_',
    'msg_123',
    'cmp_01hf',
    `${encodeMessageId(keys, 5, 6)}0`,
    `${encodeMessageId(keys, 5, 6)}\n`,
  ]) {
    expect(decodeMessageId(keys, text)).toBeUndefined();
  }
});

test('after a rotation old ids are still read, until their key is dropped', () => {
  const old = encodeMessageId(messageIdKeys('1:first'), 77, 8);
  const rotated = messageIdKeys('2:second, 1:first');
  expect(decodeMessageId(rotated, old)).toEqual({ execNo: 77, seq: 8 });
  expect(encodeMessageId(rotated, 77, 8)).not.toBe(old);
  expect(encodeMessageId(rotated, 77, 8, 1)).toBe(old);
  expect(decodeMessageId(messageIdKeys('2:second'), old)).toBeUndefined();
});

test('different keys have different ids', () => {
  const ids = new Set(Array.from({ length: 20_000 }, (_, n) => encodeMessageId(keys, 88_000_000_000_000, n)));
  expect(ids.size).toBe(20_000);
});
