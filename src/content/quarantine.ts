const STRIKES = 2;
const QUARANTINE_MS = 60_000;

/** Content that ended the renderer more than once, kept out for a while: a thousand such mails must not delay the rest. */
export class Quarantine {
  readonly #strikes = new Map<string, { count: number; until: number }>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  strike(hash: string): void {
    const count = (this.#strikes.get(hash)?.count ?? 0) + 1;
    this.#strikes.set(hash, { count, until: this.now() + QUARANTINE_MS });
  }

  holds(hash: string): boolean {
    const found = this.#strikes.get(hash);
    if (!found || found.count < STRIKES) return false;
    if (found.until > this.now()) return true;
    this.#strikes.delete(hash);
    return false;
  }
}
