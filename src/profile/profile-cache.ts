/** What another service knows of a person, by its own names. */
export type Profile = Readonly<Record<string, unknown>>;

interface Kept {
  readonly profile: Profile;
  readonly at: number;
}

/** People remembered by one process. */
const KEPT = 10_000;

/** The profiles that came last, by key; the oldest is forgotten past 10,000. */
export class ProfileCache {
  readonly #kept = new Map<string, Kept>();

  constructor(
    private readonly freshMs: number,
    private readonly clock: () => number,
  ) {}

  fresh(key: string): Profile | undefined {
    const kept = this.#kept.get(key);
    return kept && this.clock() - kept.at <= this.freshMs ? kept.profile : undefined;
  }

  /** However old: for when nobody can be asked. */
  last(key: string): Profile | undefined {
    return this.#kept.get(key)?.profile;
  }

  keep(key: string, profile: Profile): void {
    this.#kept.delete(key);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(key, { profile, at: this.clock() });
  }
}
