/** Pause and cancel wait for a step: it is to take so long. */
const STEP_MS = 400;
/** Before anything is known of an execution its step has a part of the most people; no less than these, ever. */
const FIRST_PART = 4;
const FEWEST = 250;
/** Fast steps may be those of a stretch that holds nobody: what follows has no more than so many times their people. */
const GROWTH = 2;

/** How many people a step of each execution may judge, by how long its last one took. */
export class StepPace {
  readonly #batches = new Map<number, number>();

  batchOf(execNo: number, most: number): number {
    const first = Math.max(Math.ceil(most / FIRST_PART), FEWEST * FIRST_PART);
    return Math.min(most, this.#batches.get(execNo) ?? first);
  }

  took(execNo: number, batch: number, ms: number): void {
    const fitting = Math.round(Math.min(GROWTH, STEP_MS / Math.max(1, ms)) * batch);
    this.#batches.set(execNo, Math.max(FEWEST, fitting));
  }

  /** Forgets all others: they have ended. */
  keep(execNos: ReadonlySet<number>): void {
    for (const execNo of this.#batches.keys()) if (!execNos.has(execNo)) this.#batches.delete(execNo);
  }
}
