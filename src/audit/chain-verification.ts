import { type ChainedEntry, entryHash, GENESIS } from './entry-hash';

/** Where a chain stood at some moment, as somebody else wrote it down. */
export interface Anchor {
  readonly seq: number;
  /** Hexadecimal. */
  readonly hash: string;
}

/** What is wrong, and with which entries. */
export interface ChainBreak {
  readonly from: number;
  readonly to: number;
  readonly fault: string;
}

/**
 * Follows one organization's chain from its first entry, and tells every place where it does not hold: hashes tell of
 * edits, moves and insertions, numbers of deletions, anchors of a tail that was cut off or written anew.
 */
export class ChainVerification {
  readonly #breaks: ChainBreak[] = [];
  readonly #anchors: ReadonlyMap<number, readonly Anchor[]>;
  #last: Pick<ChainedEntry, 'seq' | 'hash'> & { readonly micros: bigint } = { seq: 0, hash: GENESIS, micros: 0n };
  #heldUpTo = 0;

  constructor(anchors: readonly Anchor[]) {
    this.#anchors = Map.groupBy(anchors, ({ seq }) => seq);
  }

  /** Takes the next entry, in the order of their numbers. */
  take(entry: ChainedEntry): void {
    const { seq, hash } = entry;
    const micros = BigInt(entry.micros);
    this.#judgePlace(entry);
    if (!entryHash(entry).equals(hash)) this.#tell(seq, seq, 'is not what was written');
    if (micros < this.#last.micros) this.#tell(seq, seq, 'is older than the entry before it');
    this.#judgeAnchors(entry);
    this.#last = { seq, hash, micros };
  }

  /** After the last entry: the chain must reach its head and every anchor, and end there. */
  end(head: Anchor | undefined): readonly ChainBreak[] {
    const { seq, hash } = this.#last;
    const headSeq = head?.seq ?? 0;
    const furthest = Math.max(headSeq, ...this.#anchors.keys());
    if (furthest > seq) this.#tell(seq + 1, furthest, 'missing at the end');
    if (headSeq < seq) this.#tell(headSeq + 1, seq, 'beyond the head of the chain');
    if (head?.seq === seq && seq > 0 && head.hash !== hash.toString('hex'))
      this.#tell(seq, seq, 'is not the head of the chain');
    return this.#breaks;
  }

  #judgePlace({ seq, previous_hash }: ChainedEntry): void {
    const last = this.#last;
    if (seq <= last.seq) this.#tell(seq, seq, 'stands where no entry belongs');
    else if (seq > last.seq + 1) this.#tell(last.seq + 1, seq - 1, 'missing');
    else if (!previous_hash.equals(last.hash)) this.#tell(Math.max(1, last.seq), seq, 'do not follow each other');
  }

  #judgeAnchors({ seq, hash }: ChainedEntry): void {
    const anchors = this.#anchors.get(seq);
    if (anchors?.some((anchor) => anchor.hash !== hash.toString('hex')))
      this.#tell(this.#heldUpTo + 1, seq, 'not all as they were when the last of them was anchored');
    else if (anchors) this.#heldUpTo = seq;
  }

  #tell(from: number, to: number, fault: string): void {
    this.#breaks.push({ from, to, fault });
  }
}
