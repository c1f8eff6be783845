import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import type { Config } from '../config';
import { openRemoteServices, type RemoteConfig, type RemoteServices } from '../remote/remote-services';
import { systemClock } from '../shared/clock';
import type { Stack } from '../shared/lifecycle';
import { type ListReader, RemoteLists } from './remote-lists';
import { readRule } from './rule-reading';
import { readSegment } from './segment-reading';

type ListConfig = RemoteConfig & Pick<Config, 'remoteReadingMs' | 'remoteSegmentIds' | 'remoteSegmentFreshMs'>;

/** What others keep, read by the services that are configured; closed with the stack, after the readings under way. */
export function openRemoteLists(config: ListConfig, database: Database, log: BaseLogger, stack: Stack): RemoteLists {
  const services = openRemoteServices({ ...config, creativeServiceUrl: undefined });
  const readers = { ...segmentReader(config, database, services), ...ruleReader(config, database, services) };
  const lists = new RemoteLists({ database, readers, now: systemClock, log, freshMs: config.remoteSegmentFreshMs });
  stack.add(async () => {
    // Connections first: what is still being read ends with them.
    await services.close();
    await lists.settled();
  });
  return lists;
}

type Readers = { readonly [Source in 'SEGMENT' | 'RULE']?: ListReader };

function segmentReader(config: ListConfig, database: Database, { data: service }: RemoteServices): Readers {
  if (!service) return {};
  const { remoteTimeoutMs: firstByteMs, remoteSilenceMs: silenceMs, remoteReadingMs: wholeMs } = config;
  const patience = { firstByteMs, silenceMs, wholeMs };
  const parts = { database, service, now: systemClock, patience, mostIds: config.remoteSegmentIds };
  return { SEGMENT: { service: service.name, read: (owner, id) => readSegment(parts, owner, id) } };
}

function ruleReader({ remoteReadingMs: wholeMs }: ListConfig, database: Database, { rules }: RemoteServices): Readers {
  if (!rules) return {};
  const parts = { database, service: rules, now: systemClock, wholeMs };
  return { RULE: { service: rules.name, read: (owner, id) => readRule(parts, owner, id) } };
}
