import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import type { Config } from '../config';
import { startLoop } from '../events/wakeable-loop';
import { openRemoteService, type RemoteConfig } from '../remote/remote-services';
import { systemClock } from '../shared/clock';
import type { Stack } from '../shared/lifecycle';
import { SchedulingRules } from './scheduling-rules';

/** How often it is looked whether somebody is to be asked. */
const LOOK_MS = 1_000;

export interface AskingParts {
  readonly database: Database;
  readonly log: BaseLogger;
  readonly config: RemoteConfig & Pick<Config, 'schedulingRuleFallback'>;
  /** Whether this process is the one to ask: one is enough, and two do no harm. */
  readonly leads: () => Promise<boolean>;
}

/** Asks the rules engine about campaigns that are due while this process leads; closed with the stack. */
export function startAskingRules(
  { config, database: ledger, log, leads }: AskingParts,
  changed: (campaignId: string) => void,
  stack: Stack,
): void {
  const { rulesServiceUrl: url, schedulingRuleFallback: fallback } = config;
  // A breaker of its own: what fails for a million people must not keep a campaign from starting.
  const remote = url === undefined ? undefined : openRemoteService('rules-scheduling', url, config);
  const rules = new SchedulingRules({ ledger, log, changed, now: systemClock, service: remote?.service, fallback });
  const round = async () => {
    if (await leads()) await rules.round();
    return false;
  };
  const loop = startLoop({ name: 'scheduling rules', log, idleMs: LOOK_MS, round });
  stack.add(async () => {
    await loop.stop();
    await rules.stop(async () => remote?.close());
  });
}
