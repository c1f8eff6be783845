import { availableParallelism } from 'node:os';
import { Quarantine } from './quarantine';
import type { Rendered, RenderJob } from './render-job';
import { RenderLane } from './render-lane';
import type { ThreadOptions } from './render-thread';

export type { Rendered, RenderFailure, RenderJob } from './render-job';

export interface RendererOptions extends Omit<ThreadOptions, 'killAfterMs'> {
  readonly killAfterMs?: number;
  /** Most threads at a time. */
  readonly threads?: number;
}

/** Makes people's mails from compiled content, in threads that a hostile template may lose without harm. */
export interface Renderer {
  /** In the order of the jobs. A failure is its own message's; the others are rendered. */
  render(jobs: readonly RenderJob[]): Promise<Rendered[]>;
  close(): Promise<void>;
}

export function createRenderer({ threads = usualThreads(), ...options }: RendererOptions): Renderer {
  const lanes = new RenderLanes({ killAfterMs: 500, ...options }, threads);
  return { render: (jobs) => lanes.render(jobs), close: () => lanes.close() };
}

// One core stays free for the sender itself.
const usualThreads = () => Math.min(Math.max(availableParallelism() - 1, 1), 4);

/** Threads are started as they are needed. A call waits for whichever is free first: one that is held up holds only its own. */
class RenderLanes {
  readonly #lanes: RenderLane[] = [];
  readonly #free: RenderLane[] = [];
  readonly #waiting: ((lane: RenderLane) => void)[] = [];
  /** One for all: content that harms a thread harms the next one as well. */
  readonly #quarantine = new Quarantine();

  constructor(
    private readonly options: ThreadOptions,
    private readonly most: number,
  ) {
    this.#free.push(this.#open());
  }

  async render(jobs: readonly RenderJob[]): Promise<Rendered[]> {
    const lane = await this.#take();
    try {
      return await lane.render(jobs);
    } finally {
      this.#giveBack(lane);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  #take(): RenderLane | Promise<RenderLane> {
    const free = this.#free.pop();
    if (free) return free;
    if (this.#lanes.length < this.most) return this.#open();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #giveBack(lane: RenderLane): void {
    const next = this.#waiting.shift();
    if (next) next(lane);
    else this.#free.push(lane);
  }

  #open(): RenderLane {
    const lane = new RenderLane(this.options, this.#quarantine);
    this.#lanes.push(lane);
    return lane;
  }
}
