import { fingerprint } from '../simulator/accepted-keys';

/** Numbers from 0 to 1, the same ones for the same seed. */
export type Random = () => number;

/** mulberry32: small, and good enough to choose victims with. */
export function seededRandom(seed: string): Random {
  let [state] = fingerprint(seed);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of a list that is not empty. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('nothing to choose from');
  return item;
}
