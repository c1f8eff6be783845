import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import type { Config } from '../config';
import { openRemoteService, type RemoteConfig } from '../remote/remote-services';
import { systemClock } from '../shared/clock';
import type { Stack } from '../shared/lifecycle';
import { Localizer } from './localizer';

/** The localization and pricing service, where one is configured; closed with the stack. */
export function openLocalizer(
  config: RemoteConfig & Pick<Config, 'localizationServiceUrl' | 'remoteLocalizationFreshMs'>,
  database: Database,
  log: BaseLogger,
  stack: Stack,
): Localizer | undefined {
  const { localizationServiceUrl: url, remoteLocalizationFreshMs: freshMs } = config;
  if (url === undefined) return undefined;
  const { service, close } = openRemoteService('localization', url, config);
  stack.add(close);
  return new Localizer({ database, service, now: systemClock, log, freshMs });
}
