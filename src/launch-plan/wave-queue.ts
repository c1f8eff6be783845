/** What a queue knows of a wave. */
export interface QueuedWave {
  /** The place among those that are ready at the same time. */
  readonly place: number;
  ready: number;
  /** People who are still to be sent to; without any it leaves the queue. */
  left: number;
}

/**
 * Waves by when they are ready. A heap: a bandit's batches in all time zones are tens of thousands of waves, each of which
 * may come up again on every day.
 */
export class WaveQueue<W extends QueuedWave> {
  readonly #heap: W[];

  constructor(waves: readonly W[]) {
    // In its order a list is a heap already.
    this.#heap = waves.filter(({ left }) => left > 0).sort((one, other) => (isBefore(one, other) ? -1 : 1));
  }

  get first(): W | undefined {
    return this.#heap[0];
  }

  /** Puts the first wave, which has changed, where it belongs now; never to an earlier time than it had. */
  settleFirst(): void {
    const [first] = this.#heap;
    const moved = first && first.left > 0 ? first : this.#heap.pop();
    if (moved && this.#heap.length > 0) this.#sink(moved);
  }

  #sink(wave: W): void {
    let at = 0;
    for (;;) {
      const child = this.#earlierChild(at);
      const below = this.#heap[child];
      if (!below || !isBefore(below, wave)) break;
      this.#heap[at] = below;
      at = child;
    }
    this.#heap[at] = wave;
  }

  #earlierChild(at: number): number {
    const [left, right] = [this.#heap[2 * at + 1], this.#heap[2 * at + 2]];
    return left && right && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1;
  }
}

const isBefore = (one: QueuedWave, other: QueuedWave): boolean =>
  one.ready < other.ready || (one.ready === other.ready && one.place < other.place);
