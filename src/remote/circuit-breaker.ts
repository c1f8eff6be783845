/** `closed`: asked; `open`: left alone; `half_open`: one request may try whether it is back. */
export type BreakerState = 'closed' | 'half_open' | 'open';

/** When a service counts as ill, and for how long it is left alone then. */
export interface BreakerRules {
  /** Failures in a row that open it. */
  readonly failures: number;
  readonly restMs: number;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
}

/**
 * Keeps a service that is ill from being asked, and whoever asks from waiting for it. After its rest one request is let
 * through: its success closes the breaker, its failure begins another rest. Answers of requests that began before the
 * breaker opened change nothing while it rests.
 */
export class CircuitBreaker {
  #failures = 0;
  #openedAt: number | undefined;
  #probe: symbol | undefined;

  constructor(private readonly rules: BreakerRules) {}

  get state(): BreakerState {
    if (this.#openedAt === undefined) return 'closed';
    return this.#rested() ? 'half_open' : 'open';
  }

  /** A pass for one request, to be handed back with what came of it; nothing when it must not be asked. */
  admit(): symbol | undefined {
    if (this.#openedAt === undefined) return Symbol('pass');
    if (!this.#rested() || this.#probe !== undefined) return undefined;
    this.#probe = Symbol('probe');
    return this.#probe;
  }

  succeeded(pass: symbol): void {
    if (this.#openedAt !== undefined && pass !== this.#probe) return;
    this.#failures = 0;
    this.#openedAt = undefined;
    this.#probe = undefined;
  }

  failed(pass: symbol): void {
    this.#failures += 1;
    const again = pass === this.#probe;
    if (!again && (this.#openedAt !== undefined || this.#failures < this.rules.failures)) return;
    this.#openedAt = this.rules.clock();
    this.#probe = undefined;
  }

  /** The request ended without saying anything about the service. */
  returned(pass: symbol): void {
    if (pass === this.#probe) this.#probe = undefined;
  }

  #rested(): boolean {
    return this.#openedAt !== undefined && this.rules.clock() - this.#openedAt >= this.rules.restMs;
  }
}
