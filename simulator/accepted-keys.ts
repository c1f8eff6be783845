const { imul } = Math;

/**
 * The keys that were ever accepted, 8 bytes each at half load: a million fit in 16 MB, where a Set of strings needs 100.
 * A key is known by 64 bits of it; two of a million are taken for each other once in 40 million runs.
 */
export class AcceptedKeys {
  #slots = new Uint32Array(2 * 65_536);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** True when the key is new. */
  add(key: string): boolean {
    const [high, low] = fingerprint(key);
    const slot = this.#find(this.#slots, high, low);
    if (this.#slots[slot] !== 0 || this.#slots[slot + 1] !== 0) return false;
    this.#slots[slot] = high;
    this.#slots[slot + 1] = low;
    this.#size++;
    if (this.#size * 4 > this.#slots.length) this.#grow();
    return true;
  }

  #find(slots: Uint32Array, high: number, low: number): number {
    const mask = slots.length / 2 - 1;
    let place = high & mask;
    while (slots[2 * place] !== 0 || slots[2 * place + 1] !== 0) {
      if (slots[2 * place] === high && slots[2 * place + 1] === low) break;
      place = (place + 1) & mask;
    }
    return 2 * place;
  }

  #grow(): void {
    const larger = new Uint32Array(this.#slots.length * 2);
    for (let slot = 0; slot < this.#slots.length; slot += 2) {
      const high = this.#slots[slot] ?? 0;
      const low = this.#slots[slot + 1] ?? 0;
      if (high === 0 && low === 0) continue;
      const place = this.#find(larger, high, low);
      larger[place] = high;
      larger[place + 1] = low;
    }
    this.#slots = larger;
  }
}

/** Two independent 32-bit mixes of a text; never both 0, which marks an empty slot. */
export function fingerprint(text: string): readonly [number, number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = imul(a ^ code, 2654435761);
    b = imul(b ^ code, 1597334677);
  }
  a = imul(a ^ (a >>> 16), 2246822507) ^ imul(b ^ (b >>> 13), 3266489909);
  b = imul(b ^ (b >>> 16), 2246822507) ^ imul(a ^ (a >>> 13), 3266489909);
  return [a >>> 0, (b | 1) >>> 0];
}
