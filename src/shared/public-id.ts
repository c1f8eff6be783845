import { randomBytes } from 'node:crypto';

/** What a public id names, by its first letters. */
export type PublicIdPrefix = 'cmp' | 'var' | 'aud' | 'seg' | 'chn' | 'exe' | 'trg' | 'pst' | 'blk' | 'shd';

const digits = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A public id such as `cmp_01hf…`: 48 bits of milliseconds, then 80 random ones, as 26 digits of Crockford's base 32.
 * Ids sort by their time, and nobody guesses a neighbour's.
 */
export function publicId(prefix: PublicIdPrefix, at: Date, random: Buffer = randomBytes(10)): string {
  const bits = (BigInt(at.getTime()) << 80n) | BigInt(`0x${random.toString('hex')}`);
  return `${prefix}_${base32(bits)}`;
}

function base32(bits: bigint): string {
  let text = '';
  for (let rest = bits; text.length < 26; rest >>= 5n) text = digits.charAt(Number(rest & 31n)) + text;
  return text;
}
