import type { BaseLogger } from 'pino';
import type { Config } from '../config';
import type { RemoteService } from '../remote/remote-service';
import { openRemoteServices, type RemoteConfig } from '../remote/remote-services';
import type { Stack } from '../shared/lifecycle';
import { ProfileSchemas } from './profile-schemas';
import { Profiles } from './profiles';

type ProfileConfig = RemoteConfig & Pick<Config, 'remoteProfileFreshMs'>;

/** The profile service, where one is configured; closed with the stack. */
export function openProfiles(config: ProfileConfig, log: BaseLogger, stack: Stack): Profiles | undefined {
  const service = openService(config, stack);
  return service && new Profiles({ service, log, ...freshness(config) });
}

/** What it says that profiles hold. */
export function openProfileSchemas(config: ProfileConfig, log: BaseLogger, stack: Stack): ProfileSchemas | undefined {
  const service = openService(config, stack);
  return service && new ProfileSchemas({ service, log, ...freshness(config) });
}

function openService(config: ProfileConfig, stack: Stack): RemoteService | undefined {
  const alone = { ...config, rulesServiceUrl: undefined, creativeServiceUrl: undefined };
  const { data: service, close } = openRemoteServices(alone);
  stack.add(close);
  return service;
}

const freshness = ({ remoteProfileFreshMs: freshMs }: ProfileConfig) => ({ freshMs, clock: () => performance.now() });
