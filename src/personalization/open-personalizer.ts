import type { BaseLogger } from 'pino';
import type { Config } from '../config';
import { openRemoteService, type RemoteConfig } from '../remote/remote-services';
import type { Stack } from '../shared/lifecycle';
import { Personalizer } from './personalizer';

/** The rules engine as a sender asks it, where one is configured; closed with the stack. */
export function openPersonalizer(
  config: RemoteConfig & Pick<Config, 'remoteProfileFreshMs'>,
  log: BaseLogger,
  stack: Stack,
): Personalizer | undefined {
  const { rulesServiceUrl: url, remoteProfileFreshMs: freshMs } = config;
  if (url === undefined) return undefined;
  const { service, close } = openRemoteService('rules-service', url, config);
  stack.add(close);
  return new Personalizer({ service, log, freshMs, clock: () => performance.now() });
}
