/**
 * A queue of one: what is not taken yet is replaced by what is newer, or merged with it. A slow reader therefore costs
 * one value, and gets the present when it comes back.
 */
export class NewestOnly<Value> implements AsyncIterableIterator<Value> {
  private waiting: ((result: IteratorResult<Value>) => void) | undefined;
  private kept: { readonly value: Value } | undefined;
  private ended = false;

  constructor(
    private readonly whenEnded: (ended: NewestOnly<Value>) => void,
    private readonly merge: (kept: Value, newer: Value) => Value = newest,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  push(value: Value): void {
    if (this.ended) return;
    const waiting = this.waiting;
    this.waiting = undefined;
    if (waiting) waiting({ value, done: false });
    else this.kept = { value: this.kept ? this.merge(this.kept.value, value) : value };
  }

  /** Ends the iteration from the writer's side. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.kept = undefined;
    this.waiting?.({ value: undefined, done: true });
    this.whenEnded(this);
  }

  next(): Promise<IteratorResult<Value>> {
    const kept = this.kept;
    this.kept = undefined;
    if (kept) return Promise.resolve({ value: kept.value, done: false });
    if (this.ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }

  return(): Promise<IteratorResult<Value>> {
    this.end();
    return Promise.resolve({ value: undefined, done: true });
  }
}

const newest = <Value>(_: Value, newer: Value): Value => newer;
