import { z } from 'zod';
import { ruleFallbacks } from '../scheduling-rule/rule-question';
import { count, url } from '../setting-checks';

const service = (about: string, ...names: readonly [string, ...string[]]) => ({
  names,
  unit: 'URL',
  about: `${about}; none: its features are refused or left out`,
  check: url('http:', 'https:').optional(),
});

/** Services that others run. Each is optional, and only these addresses are ever asked. */
export const remoteSettings = {
  dataServiceUrl: service('segments and profiles of people', 'ISA_DATA_URL'),
  rulesServiceUrl: service('rules by id, for targeting, personalization and scheduling', 'RULES_SERVICE_URL'),
  creativeServiceUrl: service('templates by id', 'ISA_CREATIVE_URL'),
  localizationServiceUrl: service('translated strings and prices by location', 'LOCALIZATION_SERVICE_URL'),
  storageServiceUrl: service('addresses of assets by id', 'STORAGE_SERVICE_URL'),
  mediaServiceUrl: service('optimized pictures', 'MEDIA_SERVICE_URL'),
  schedulingRuleFallback: {
    names: ['SCHEDULING_RULE_FALLBACK'],
    unit: 'WAIT or START',
    about:
      'what a campaign with a scheduling rule does at its time while the rules engine cannot be asked; WAIT: for 60 minutes',
    check: z.enum(ruleFallbacks).default('WAIT'),
  },
  remoteTimeoutMs: {
    names: ['REMOTE_TIMEOUT_MS'],
    unit: 'milliseconds',
    about: 'how long a remote service may take to answer a small question, or to begin a long answer',
    check: count(5_000, 600_000),
  },
  remoteSilenceMs: {
    names: ['REMOTE_SILENCE_MS'],
    unit: 'milliseconds',
    about: 'how long a long answer may pause',
    check: count(10_000, 600_000),
  },
  remoteReadingMs: {
    names: ['REMOTE_READING_MS'],
    unit: 'milliseconds',
    about: 'how long the members of a remote segment may take to come in, each try by itself',
    check: count(300_000, 3_600_000),
  },
  remoteTries: {
    names: ['REMOTE_TRIES'],
    unit: 'tries',
    about: 'how often a remote service is asked before its failure counts',
    check: count(3, 10),
  },
  remoteBreakerFailures: {
    names: ['REMOTE_BREAKER_FAILURES'],
    unit: 'failures',
    about: 'failures in a row after which a remote service is left alone',
    check: count(5, 1_000),
  },
  remoteBreakerRestMs: {
    names: ['REMOTE_BREAKER_REST_MS'],
    unit: 'milliseconds',
    about: 'for how long; then one request tries whether it is back',
    check: count(10_000, 3_600_000),
  },
  remoteConnections: {
    names: ['REMOTE_CONNECTIONS'],
    unit: 'connections',
    about: 'connections to one remote service, of one process',
    check: count(8, 1_000),
  },
  remoteSegmentIds: {
    names: ['REMOTE_SEGMENT_IDS'],
    unit: 'ids',
    about: 'ids in one remote segment; one with more is refused',
    check: count(5_000_000, 100_000_000),
  },
  remoteProfileFreshMs: {
    names: ['REMOTE_PROFILE_FRESH_MS'],
    unit: 'milliseconds',
    about: 'age up to which a profile of a person is used for further messages without asking again',
    check: count(300_000, 86_400_000),
  },
  remoteLocalizationFreshMs: {
    names: ['REMOTE_LOCALIZATION_FRESH_MS'],
    unit: 'milliseconds',
    about: 'age up to which strings and prices are used without asking again; an execution keeps its own',
    check: count(300_000, 86_400_000),
  },
  remoteAssetFreshMs: {
    names: ['REMOTE_ASSET_FRESH_MS'],
    unit: 'milliseconds',
    about: 'age up to which addresses of assets and optimized pictures are used without asking again',
    check: count(300_000, 86_400_000),
  },
  remoteAssetPatienceMs: {
    names: ['REMOTE_ASSET_PATIENCE_MS'],
    unit: 'milliseconds',
    about:
      'how long a save waits for the storage service, and then for the media service, before what is known stands in',
    check: count(3_000, 60_000),
  },
  remoteSegmentFreshMs: {
    names: ['REMOTE_SEGMENT_FRESH_MS'],
    unit: 'milliseconds',
    about: 'age up to which estimates and plans use a remote segment without asking again; a start always asks',
    check: count(300_000, 86_400_000),
  },
} as const;
