import type { BaseLogger } from 'pino';

/** What a loop runs: answers true when there is more to do at once. */
export type Step = () => Promise<boolean>;

export interface LoopOptions {
  readonly name: string;
  /** Runs at least this often, even when nobody wakes it. */
  readonly everyMs: number;
  /** Pause between two runs at least, so that a burst of wake-ups is one run. */
  readonly restMs?: number;
  readonly log: BaseLogger;
}

/** Runs one step again and again: at once while there is more, else when woken, else after a while. Knows no campaigns. */
export class Loop {
  readonly #ended: Promise<void>;
  #stopping = false;
  #woken = false;
  #wakeUp: (() => void) | undefined;

  constructor(
    private readonly step: Step,
    private readonly options: LoopOptions,
  ) {
    this.#ended = this.#run();
  }

  wake(): void {
    this.#woken = true;
    this.#wakeUp?.();
  }

  /** Ends after the running step. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wakeUp?.();
    await this.#ended;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      this.#woken = false;
      const more = await this.#once();
      if (this.#stopping) return;
      if (this.options.restMs) await this.#sleep(this.options.restMs, false);
      if (!more && !this.#woken) await this.#sleep(this.options.everyMs, true);
    }
  }

  /** A step that throws has done nothing (its transaction rolled back): it is tried again at the next turn. */
  async #once(): Promise<boolean> {
    try {
      return await this.step();
    } catch (error) {
      if (!this.#stopping) this.options.log.warn({ err: error, loop: this.options.name }, 'step failed, tried again soon');
      return false;
    }
  }

  #sleep(ms: number, wakeable: boolean): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wakeUp = () => {
        if (!wakeable && !this.#stopping) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
