import type { BaseLogger } from 'pino';
import type { Config } from '../config';
import { openRemoteServices, type RemoteConfig } from '../remote/remote-services';
import type { Stack } from '../shared/lifecycle';
import { Profiles } from './profiles';

/** The profile service, where one is configured; closed with the stack. */
export function openProfiles(
  config: RemoteConfig & Pick<Config, 'remoteProfileFreshMs'>,
  log: BaseLogger,
  stack: Stack,
): Profiles | undefined {
  const { data: service, close } = openRemoteServices({
    ...config,
    rulesServiceUrl: undefined,
    creativeServiceUrl: undefined,
  });
  stack.add(close);
  if (!service) return undefined;
  return new Profiles({ service, log, freshMs: config.remoteProfileFreshMs, clock: () => performance.now() });
}
