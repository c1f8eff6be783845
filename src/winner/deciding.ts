import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import { startLoop } from '../events/wakeable-loop';
import type { ScopeParts } from '../scope';
import type { Running } from '../shared/lifecycle';
import { decideExperiments } from './decide-experiments';
import type { Undecided } from './undecided';

/** How often it is asked whether a test has ended, or a batch is due. */
const LOOK_MS = 1_000;
/** How often figures are judged: SPEC asks for once a minute. */
const JUDGE_EVERY_MS = 15_000;

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

/** What is due is looked at in every round, the rest now and then. */
class Turns {
  #judgedAt = new Map<number, number>();

  take({ execNo, ended, batch, epoch }: Undecided): boolean {
    const now = performance.now();
    for (const [known, at] of this.#judgedAt) if (now - at >= JUDGE_EVERY_MS) this.#judgedAt.delete(known);
    if (this.#judgedAt.has(execNo) && !ended && batch <= epoch) return false;
    this.#judgedAt.set(execNo, this.#judgedAt.get(execNo) ?? now);
    return true;
  }
}
