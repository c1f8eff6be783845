interface Waiting {
  readonly weight: number;
  readonly enter: () => void;
}

/** At most `width` at a time, first come, first served. A piece of work weighs 1, or what it says. */
export class Lane {
  readonly #waiting: Waiting[] = [];
  #free: number;

  constructor(private readonly width: number) {
    this.#free = width;
  }

  /** Runs `work` once a place is free. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter(1);
    try {
      return await work();
    } finally {
      this.#leave(1);
    }
  }

  /** Waits for room and starts `work` in it, without waiting for its end. What is too heavy goes alone. */
  async admit(work: () => Promise<void>, wanted = 1): Promise<void> {
    const weight = Math.min(wanted, this.width);
    await this.#enter(weight);
    void work().finally(() => this.#leave(weight));
  }

  #enter(weight: number): Promise<void> | undefined {
    if (this.#waiting.length === 0 && weight <= this.#free) {
      this.#free -= weight;
      return undefined;
    }
    return new Promise((enter) => this.#waiting.push({ weight, enter }));
  }

  #leave(weight: number): void {
    this.#free += weight;
    for (let next = this.#waiting[0]; next && next.weight <= this.#free; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#free -= next.weight;
      next.enter();
    }
  }
}
