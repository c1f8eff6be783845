/** A line that was not imported, and why. */
export interface Rejection {
  readonly line: number;
  readonly reason: string;
}

/** What became of an import. `accepted` = created + updated + unchanged, and every line is accepted or rejected. */
export interface ImportReport {
  readonly accepted: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** The first rejected lines of each kind; `rejected` counts them all. */
  readonly rejections: readonly Rejection[];
}

/** Rejected lines: all are counted, the first `limit` are kept. */
export class Rejections {
  readonly #kept: Rejection[] = [];
  #count = 0;

  constructor(private readonly limit: number) {}

  get count(): number {
    return this.#count;
  }

  get kept(): readonly Rejection[] {
    return this.#kept.toSorted((left, right) => left.line - right.line);
  }

  add(rejections: readonly Rejection[], count: number = rejections.length): void {
    this.#count += count;
    this.#kept.push(...rejections.slice(0, Math.max(0, this.limit - this.#kept.length)));
  }
}
