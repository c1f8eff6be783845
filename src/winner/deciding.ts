import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import { startLoop } from '../events/wakeable-loop';
import type { ScopeParts } from '../scope';
import type { Running } from '../shared/lifecycle';
import { decideExperiments } from './decide-experiments';
import type { Undecided } from './undecided';

/** How often it is asked whether a test has ended, or a batch is due. */
const LOOK_MS = 1_000;
/** How often figures are judged: at least once a minute. After the last message they change slowly. */
const JUDGE_EVERY_MS = { open: 15_000, ended: 55_000 } as const;
/** What is due, and could not be done, is tried again after this. */
const AGAIN_MS = 3_000;

export interface DecidingParts {
  readonly database: Database;
  readonly scope: ScopeParts;
  readonly log: BaseLogger;
  /** Whether this process is the one to look: one is enough, and two do no harm. */
  readonly leads: () => Promise<boolean>;
  /** Called with each campaign that changed, after its commit. */
  changed(campaignId: string): void;
}

/** Decides experiments while this process leads. */
export function startDeciding({ database, scope, log, leads, changed }: DecidingParts): Running {
  const turns = new Turns();
  const round = async () => {
    if (!(await leads())) return false;
    for (const campaignId of await decideExperiments(database, scope, { due: (one) => turns.take(one) }))
      changed(campaignId);
    return false;
  };
  return startLoop({ name: 'decide', log, idleMs: LOOK_MS, round });
}

/** Whose turn it is: what is due at once, the rest now and then. */
class Turns {
  readonly #judgedAt = new Map<number, number>();

  take(execution: Undecided): boolean {
    const now = performance.now();
    for (const [known, at] of this.#judgedAt) if (now - at >= JUDGE_EVERY_MS.ended) this.#judgedAt.delete(known);
    const { execNo } = execution;
    if (now - (this.#judgedAt.get(execNo) ?? Number.NEGATIVE_INFINITY) < pauseOf(execution)) return false;
    this.#judgedAt.set(execNo, now);
    return true;
  }
}

function pauseOf({ open, ended, batch, epoch }: Undecided): number {
  if (ended || batch > epoch) return AGAIN_MS;
  return open ? JUDGE_EVERY_MS.open : JUDGE_EVERY_MS.ended;
}
