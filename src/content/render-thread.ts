import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type MailBatch, type Unpacked, unpackMails } from './mail-batch';
import { READY, type ToWorker, type WorkerBirth } from './render-job';

/** A thread that died: `diedAt` is the job it was at, -1 when it had not begun; `born` is false when it never came up. */
export interface ThreadDeath {
  readonly diedAt: number;
  readonly born: boolean;
}

export interface ThreadOptions extends Omit<WorkerBirth, 'progress'> {
  /** A job that is still the same after this long is ended with its thread. */
  readonly killAfterMs: number;
}

const ENTRY = join(__dirname, __filename.endsWith('.ts') ? 'render-worker-from-source.cjs' : 'render-worker.js');
const birthOf = ({ publicUrl, shortUrl, keys }: ThreadOptions) => ({ publicUrl, shortUrl, keys });

const LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };
const LOOKS = 4;

/** One worker and the one who watches it. It does one order at a time. */
export class RenderThread {
  readonly #worker: Worker;
  readonly #progress = new Int32Array(new SharedArrayBuffer(4));
  #finish: (outcome: readonly Unpacked[] | ThreadDeath) => void = () => {};
  #dead = false;
  #born = false;

  constructor(private readonly options: ThreadOptions) {
    const birth: WorkerBirth = { ...birthOf(options), progress: this.#progress };
    this.#worker = new Worker(ENTRY, { workerData: birth, resourceLimits: LIMITS });
    this.#worker.on('message', (message: MailBatch | typeof READY) => {
      if (message === READY) this.#born = true;
      else this.#finish(unpackMails(message));
    });
    // Out of memory arrives as an error, then as an exit: the exit tells all.
    this.#worker.on('error', () => {});
    this.#worker.on('exit', () => {
      this.#dead = true;
      this.#finish({ diedAt: Atomics.load(this.#progress, 0), born: this.#born });
    });
    this.#worker.unref();
  }

  /** Fire and forget, in order before the next `render`. */
  tell(order: Exclude<ToWorker, { kind: 'render' }>): void {
    this.#worker.postMessage(order);
  }

  /** Resolves with all results, or with the death of the thread; never rejects. */
  async render(order: ToWorker & { kind: 'render' }): Promise<readonly Unpacked[] | ThreadDeath> {
    if (this.#dead) return { diedAt: -1, born: this.#born };
    Atomics.store(this.#progress, 0, -1);
    const done = new Promise<readonly Unpacked[] | ThreadDeath>((resolve) => {
      this.#finish = resolve;
    });
    this.#worker.ref();
    this.#worker.postMessage(order);
    const watch = this.#watch();
    const outcome = await done;
    clearInterval(watch);
    this.#worker.unref();
    return outcome;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  // Looks are counted, not time: a process that was stopped for a minute looks once when it wakes, and kills nobody.
  #watch(): NodeJS.Timeout {
    let last = -1;
    let looks = 0;
    return setInterval(() => {
      const at = Atomics.load(this.#progress, 0);
      looks = at === last ? looks + 1 : 0;
      last = at;
      if (at >= 0 && looks >= LOOKS) void this.#worker.terminate();
    }, this.options.killAfterMs / LOOKS);
  }
}
