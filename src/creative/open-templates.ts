import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import { openRemoteServices, type RemoteConfig } from '../remote/remote-services';
import { systemClock } from '../shared/clock';
import type { Stack } from '../shared/lifecycle';
import { Templates } from './templates';

/** The creative service, where one is configured; closed with the stack. */
export function openTemplates(
  config: RemoteConfig,
  database: Database,
  log: BaseLogger,
  stack: Stack,
): Templates | undefined {
  const alone = { ...config, dataServiceUrl: undefined, rulesServiceUrl: undefined };
  const { creative: service, close } = openRemoteServices(alone);
  stack.add(close);
  return service && new Templates({ database, service, now: systemClock, log });
}
