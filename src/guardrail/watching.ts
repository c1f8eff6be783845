import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import { startLoop } from '../events/wakeable-loop';
import type { ScopeParts } from '../scope';
import type { Running } from '../shared/lifecycle';
import { stopCampaigns } from './stop-campaigns';

/** How often it is looked. The budget does not depend on it: no slice is begun that it does not pay. */
const LOOK_MS = 1_000;

export interface WatchingParts {
  readonly database: Database;
  readonly scope: ScopeParts;
  readonly log: BaseLogger;
  /** Whether this process is the one to look: one is enough, and two do no harm. */
  readonly leads: () => Promise<boolean>;
  /** Called with each campaign that stopped, after its commit. */
  changed(campaignId: string): void;
}

/** Stops campaigns that are over their own limits, while this process leads. */
export function startWatching({ database, scope, log, leads, changed }: WatchingParts): Running {
  const round = async () => {
    if (!(await leads())) return false;
    for (const campaignId of await stopCampaigns(database, scope)) {
      log.warn({ campaignId }, '[LIFECYCLE] the campaign stopped by itself: its pauseReason says why');
      changed(campaignId);
    }
    return false;
  };
  return startLoop({ name: 'guardrails', log, idleMs: LOOK_MS, round });
}
