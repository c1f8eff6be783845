import { createRemotePeer } from '../adapters/remote-peer';
import type { Config } from '../config';
import { breakers } from './breakers';
import { CircuitBreaker } from './circuit-breaker';
import { RemoteService } from './remote-service';

/** Settings of remote services. */
export type RemoteConfig = Pick<
  Config,
  | 'dataServiceUrl'
  | 'rulesServiceUrl'
  | 'creativeServiceUrl'
  | 'remoteTimeoutMs'
  | 'remoteSilenceMs'
  | 'remoteTries'
  | 'remoteBreakerFailures'
  | 'remoteBreakerRestMs'
  | 'remoteConnections'
>;

/** The services that are configured. */
export interface RemoteServices {
  readonly data?: RemoteService;
  readonly rules?: RemoteService;
  readonly creative?: RemoteService;
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/** Connects to nobody before the first question. */
export function openRemoteServices(config: RemoteConfig): RemoteServices {
  const closing: (() => Promise<void>)[] = [];
  const open = (name: string, url: string | undefined): RemoteService | undefined => {
    if (url === undefined) return undefined;
    const { service, close } = openRemoteService(name, url, config);
    closing.push(close);
    return service;
  };
  const data = open('isa-data', config.dataServiceUrl);
  const rules = open('rules-service', config.rulesServiceUrl);
  const creative = open('isa-creative', config.creativeServiceUrl);
  return {
    ...(data && { data }),
    ...(rules && { rules }),
    ...(creative && { creative }),
    close: async () => {
      await Promise.all(closing.map((close) => close()));
    },
  };
}

/** One service at its address. Connects to nobody before the first question. */
export function openRemoteService(
  name: string,
  url: string,
  config: RemoteConfig,
): { readonly service: RemoteService; close(): Promise<void> } {
  const peer = createRemotePeer(url, config.remoteConnections);
  const service = new RemoteService({ name, peer, breaker: breakerOf(name, config), ...rulesOf(config) });
  return { service, close: () => peer.close() };
}

function breakerOf(name: string, { remoteBreakerFailures, remoteBreakerRestMs }: RemoteConfig): CircuitBreaker {
  const clock = () => performance.now();
  const breaker = new CircuitBreaker({ failures: remoteBreakerFailures, restMs: remoteBreakerRestMs, clock });
  breakers.set(name, breaker);
  return breaker;
}

const rulesOf = ({ remoteTries, remoteTimeoutMs, remoteSilenceMs }: RemoteConfig) => ({
  retry: { tries: remoteTries, pauseMs: FIRST_PAUSE_MS, longestPauseMs: LONGEST_PAUSE_MS, random: Math.random },
  patience: { firstByteMs: remoteTimeoutMs, silenceMs: remoteSilenceMs, wholeMs: remoteTimeoutMs },
});
