/** A list of differences that stays readable when a million rows are wrong: the first few of each kind, and how many. */
export class Judgement {
  readonly #found = new Map<string, string[]>();
  readonly #counts = new Map<string, number>();

  /** Notes one difference of a kind. */
  add(kind: string, which: string): void {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count <= 5) this.#found.set(kind, [...(this.#found.get(kind) ?? []), which]);
  }

  /** Notes a difference unless both figures are the same. */
  equal(what: string, found: number | string, expected: number | string): void {
    if (found !== expected) this.add(what, `${found} instead of ${expected}`);
  }

  count(kind: string): number {
    return this.#counts.get(kind) ?? 0;
  }

  get differences(): string[] {
    return [...this.#found].map(([kind, which]) => `${kind} (${this.count(kind)}): ${which.join('; ')}`);
  }
}
