const TARGET_MS = 300;
const SMOOTHING = 0.3;

/** Learns how many messages a slice may hold so that it takes about 300 ms, rendering included. */
export class Pace {
  #msPerMessage: number;

  constructor(
    private readonly most: number,
    first = most,
  ) {
    this.#msPerMessage = TARGET_MS / first;
  }

  /** Messages in the next slice. */
  get rows(): number {
    return Math.max(1, Math.min(this.most, Math.floor(TARGET_MS / this.#msPerMessage)));
  }

  /** Takes in how long a slice took. */
  learn(messages: number, elapsedMs: number): void {
    if (messages === 0) return;
    const seen = Math.max(elapsedMs / messages, TARGET_MS / this.most);
    this.#msPerMessage += (seen - this.#msPerMessage) * SMOOTHING;
  }
}
