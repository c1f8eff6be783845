/** What a reading came to. */
export type Landing = { readonly failure?: unknown };

interface Flight {
  readonly ends: Promise<Landing>;
  landed?: Landing & { readonly at: number };
}

/** What nobody asks for any more is forgotten after this. */
const KEPT_MS = 60_000;

/**
 * Readings under way, at most one of each list at a time: whoever wants the same one waits for it. What one came to is kept
 * until somebody has asked, so that a caller who does not wait learns it with a later question.
 */
export class ListFlights {
  readonly #flights = new Map<string, Flight>();

  constructor(private readonly clock: () => number) {}

  /** What the reading came to, or nothing when it is still under way after `patienceMs`. */
  async ask(key: string, read: () => Promise<void>, patienceMs: number): Promise<Landing | undefined> {
    const flight = this.#flights.get(key) ?? this.#begin(key, read);
    const landing = flight.landed ?? (await inTime(flight.ends, patienceMs));
    if (landing && this.#flights.get(key) === flight) this.#flights.delete(key);
    return landing;
  }

  /** When all that is under way has ended. */
  async settled(): Promise<void> {
    await Promise.all([...this.#flights.values()].map(({ ends }) => ends));
  }

  #begin(key: string, read: () => Promise<void>): Flight {
    this.#forget();
    const ends = read().then(
      (): Landing => ({}),
      (failure: unknown): Landing => ({ failure }),
    );
    const flight: Flight = { ends };
    void ends.then((landing) => {
      flight.landed = { ...landing, at: this.clock() };
    });
    this.#flights.set(key, flight);
    return flight;
  }

  #forget(): void {
    for (const [key, { landed }] of this.#flights)
      if (landed && this.clock() - landed.at > KEPT_MS) this.#flights.delete(key);
  }
}

async function inTime(ends: Promise<Landing>, patienceMs: number): Promise<Landing | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  return Promise.race([ends, late]).finally(() => clearTimeout(timer));
}
