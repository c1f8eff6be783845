const TARGET_MS = 300;
const SMOOTHING = 0.3;
/** One slow slice is an accident: it moves the size by a fifth, not by its whole measure. */
const MOST = 2;

/** Learns how many messages a slice may hold so that all of them are written within about 300 ms, rendering included. */
export class Pace {
  #rows: number;

  constructor(
    private readonly most: number,
    first = most,
  ) {
    this.#rows = first;
  }

  /** Messages in the next slice. */
  get rows(): number {
    return Math.max(1, Math.min(this.most, Math.floor(this.#rows)));
  }

  /**
   * Takes in how long it took until the last message of a slice was written. A slice that was not full says nothing
   * about larger ones: what it took was mostly the way there, which one message costs as well as a hundred.
   */
  learn(messages: number, elapsedMs: number): void {
    if (messages === 0 || (elapsedMs < TARGET_MS && messages < this.rows)) return;
    const factor = Math.min(MOST, Math.max(1 / MOST, TARGET_MS / elapsedMs));
    this.#rows = Math.min(this.most, Math.max(1, this.#rows * factor ** SMOOTHING));
  }
}
