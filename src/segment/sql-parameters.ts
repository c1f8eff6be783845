/** Collects what an SQL text is about, so that none of it becomes part of the text. */
export class SqlParameters {
  readonly #values: unknown[];

  /** `values` are those that the statement has already: the next one is numbered after them. */
  constructor(values: readonly unknown[] = []) {
    this.#values = [...values];
  }

  get values(): readonly unknown[] {
    return this.#values;
  }

  /** Keeps the value and answers the place that stands for it: `$1`. */
  bind(value: unknown): string {
    this.#values.push(value);
    return `$${this.#values.length}`;
  }
}
