import { charactersOf } from './compiled-content';
import type { Unpacked } from './mail-batch';
import type { Quarantine } from './quarantine';
import type { Rendered, RenderJob, WorkerJob } from './render-job';
import { RenderThread, type ThreadDeath, type ThreadOptions } from './render-thread';
import { contentOf } from './rendered-content';

/** Characters of templates that the thread keeps compiled; an order names no more, for it needs all of its own at once. */
const KEPT_CHARS = 6_000_000;
const ORDER_JOBS = 100;
/** Threads that never came up, one after the other: then not a template is to blame. */
const STILLBIRTHS = 3;

interface Item {
  readonly index: number;
  readonly job: RenderJob;
  deaths: number;
}

/** A thread that does one call at a time, and its successors. */
export class RenderLane {
  #thread: RenderThread;
  /** What the thread has learned, oldest use first, with its size. */
  readonly #learned = new Map<string, number>();
  #stillbirths = 0;
  #closed = false;

  constructor(
    private readonly options: ThreadOptions,
    private readonly quarantine: Quarantine,
  ) {
    this.#thread = new RenderThread(options);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#thread.end();
  }

  /** In the order of the jobs; one call at a time. Rejects when the lane is closed. */
  async render(jobs: readonly RenderJob[]): Promise<Rendered[]> {
    const results: Rendered[] = new Array(jobs.length);
    let open: Item[] = jobs.map((job, index) => ({ index, job, deaths: 0 }));
    let most = ORDER_JOBS;
    while (open.length > 0) {
      open = this.#withoutQuarantined(open, results);
      const order = firstOrder(open, most);
      if (order.length === 0) break;
      const outcome = await this.#ask(order);
      if (!('diedAt' in outcome)) {
        open = take(open, order, outcome, results);
        continue;
      }
      // It died of the order itself, of more data than it can hold: one by one shows which.
      if (outcome.diedAt < 0) most = 1;
      open = await this.#bury(open, order, outcome, results);
    }
    return results;
  }

  #withoutQuarantined(open: readonly Item[], results: Rendered[]): Item[] {
    return open.filter(({ index, job }) => {
      if (!this.quarantine.holds(job.hash)) return true;
      results[index] = { ok: false, reason: 'quarantined', message: 'its content ended the renderer repeatedly' };
      return false;
    });
  }

  async #ask(order: readonly Item[]): Promise<readonly Unpacked[] | ThreadDeath> {
    if (this.#closed) throw new Error('the renderer is closed');
    for (const { job } of order) this.#teach(job);
    return this.#thread.render({ kind: 'render', jobs: order.map(({ job }) => toWorkerJob(job)) });
  }

  /** A new thread; the job that the old one died of is tried once more, then it is given up. */
  async #bury(open: Item[], order: readonly Item[], death: ThreadDeath, results: Rendered[]): Promise<Item[]> {
    await this.#replaceThread(death);
    const culprit = order[death.diedAt] ?? (order.length === 1 && death.born ? order[0] : undefined);
    if (!culprit) return open;
    culprit.deaths++;
    if (culprit.deaths < 2) return open;
    this.quarantine.strike(culprit.job.hash);
    results[culprit.index] = { ok: false, reason: 'killed', message: 'it held the renderer until that was ended' };
    return open.filter((item) => item !== culprit);
  }

  // The last of too many stillbirths has a successor all the same: the next call finds out whether times are better.
  async #replaceThread({ born }: ThreadDeath): Promise<void> {
    await this.#thread.end();
    if (this.#closed) throw new Error('the renderer is closed');
    this.#thread = new RenderThread(this.options);
    this.#learned.clear();
    this.#stillbirths = born ? 0 : this.#stillbirths + 1;
    if (this.#stillbirths < STILLBIRTHS) return;
    this.#stillbirths = 0;
    throw new Error('the render thread does not come up');
  }

  #teach({ hash, compiled }: RenderJob): void {
    const known = this.#learned.get(hash);
    if (known === undefined) this.#thread.tell({ kind: 'learn', hash, compiled });
    this.#learned.delete(hash);
    this.#learned.set(hash, known ?? charactersOf(compiled));
    this.#forgetOldest(hash);
  }

  #forgetOldest(inUse: string): void {
    let kept = 0;
    for (const size of this.#learned.values()) kept += size;
    for (const [hash, size] of this.#learned) {
      if (kept <= KEPT_CHARS || hash === inUse) return;
      this.#thread.tell({ kind: 'forget', hash });
      this.#learned.delete(hash);
      kept -= size;
    }
  }
}

/** As many of the first jobs as one order may hold: results of an order are in memory at once. */
function firstOrder(open: readonly Item[], most: number): readonly Item[] {
  let chars = 0;
  const fits = open.findIndex(({ job }, index) => {
    chars += charactersOf(job.compiled);
    return index > 0 && (chars > KEPT_CHARS || index >= most);
  });
  return fits < 0 ? open : open.slice(0, fits);
}

function take(open: Item[], order: readonly Item[], outcome: readonly Unpacked[], results: Rendered[]): Item[] {
  order.forEach(({ index, job }, place) => {
    const made = outcome[place];
    if (made) results[index] = 'ok' in made ? made : { ok: true, content: contentOf(job.compiled, made) };
  });
  return open.slice(order.length);
}

const toWorkerJob = ({ compiled: _, ...job }: RenderJob): WorkerJob => job;
