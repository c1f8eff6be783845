import { z } from 'zod';
import { count, words } from '../setting-checks';

const limit = (name: string, unit: string, about: string, fallback: number, max: number) => ({
  names: [name] as const,
  unit,
  about,
  check: count(fallback, max),
});

const anHour = (name: string, about: string, inProduction: number) => ({
  names: [name] as const,
  unit: 'an hour',
  about: `${about}, of one user at one address; default ${inProduction} in production, elsewhere none`,
  check: z.coerce.number().int().min(1).max(1_000_000_000).optional(),
});

/** What callers may ask, hold open and repeat: the same over HTTP and WebSocket. */
export const edgeSettings = {
  allowedOrigins: {
    names: ['ALLOWED_ORIGINS'],
    unit: 'origins, comma separated',
    about: 'pages that may open a WebSocket; in development also this machine and Apollo Sandbox',
    check: words.default([]),
  },
  trustedProxies: {
    names: ['TRUSTED_PROXIES'],
    unit: 'addresses or networks, comma separated',
    about: "whose X-Forwarded-For names the caller's address",
    check: words.default([]),
  },
  subscriptionCallbackOrigins: {
    names: ['SUBSCRIPTION_CALLBACK_ORIGINS'],
    unit: 'origins, comma separated',
    about: 'routers that may have events of subscriptions posted to them; none: the callback protocol is off',
    check: words.pipe(z.array(z.url({ protocol: /^https?$/ }))).default([]),
  },
  operationTimeoutMs: limit('OPERATION_TIMEOUT_MS', 'milliseconds', 'longest operation', 10_000, 600_000),
  queryTokens: limit('QUERY_TOKENS', 'words', 'words and signs of a document', 2_000, 100_000),
  queryDepth: limit('QUERY_DEPTH', 'levels', 'levels of an operation', 10, 100),
  queryFields: limit('QUERY_FIELDS', 'fields', 'fields of an operation, its fragments spread', 500, 100_000),
  queryRootFields: limit('QUERY_ROOT_FIELDS', 'fields', 'fields at the root, fragments spread', 10, 1_000),
  queryRepeats: limit('QUERY_REPEATS', 'fields', 'how often one field may be repeated in one place', 30, 1_000),
  queryAliases: limit('QUERY_ALIASES', 'aliases', 'aliases of a document', 30, 10_000),
  queryDirectives: limit('QUERY_DIRECTIVES', 'directives', 'directives of a document', 20, 10_000),
  queryCost: limit('QUERY_COST', 'points', 'fields times the sizes of the lists they are in', 5_000, 100_000_000),
  queryPageSize: limit('QUERY_PAGE_SIZE', 'items', 'largest `first`', 100, 100),
  queryEntities: limit('QUERY_ENTITIES', 'references', 'entity references of an operation', 200, 100_000),
  queryVariables: limit('QUERY_VARIABLES', 'values', 'values in the variables of an operation', 20_000, 1_000_000),
  sockets: limit('SOCKETS', 'sockets', 'open WebSockets of this process', 5_000, 1_000_000),
  socketsPerAddress: limit('SOCKETS_PER_ADDRESS', 'sockets', 'WebSockets of one address', 500, 1_000_000),
  socketsPerUser: limit('SOCKETS_PER_USER', 'sockets', 'WebSockets of one user', 20, 1_000_000),
  subscriptionsPerSocket: limit('SUBSCRIPTIONS_PER_SOCKET', 'subscriptions', 'subscriptions of a socket', 50, 10_000),
  subscriptionsPerOrganization: limit(
    'SUBSCRIPTIONS_PER_ORGANIZATION',
    'subscriptions',
    'subscriptions of an organization in this process',
    200,
    1_000_000,
  ),
  socketMessagesPerSecond: limit('SOCKET_MESSAGES_PER_SECOND', 'a second', 'messages from one socket', 30, 100_000),
  createsPerHour: anHour('RATE_LIMIT_CREATE', 'mutations that make something', 100),
  updatesPerHour: anHour('RATE_LIMIT_UPDATE', 'other mutations', 200),
  listsPerHour: anHour('RATE_LIMIT_LIST', 'queries', 1_000),
  metricsPerHour: anHour('RATE_LIMIT_METRICS', 'queries for figures', 500),
  costPerHour: anHour('RATE_LIMIT_COST', 'points of cost', 1_000_000),
} as const;

type Settings = typeof edgeSettings;

/** The limits of one process. */
export type EdgeLimits = { readonly [Name in keyof Settings]: z.output<Settings[Name]['check']> };

/** Every limit as it is when nobody sets it, but for these. */
export const edgeLimits = (over: Partial<EdgeLimits> = {}): EdgeLimits => ({ ...presets, ...over });

const presets = Object.fromEntries(
  Object.entries(edgeSettings).map(([name, { check }]): [string, unknown] => [name, check.parse(undefined)]),
) as EdgeLimits;

/** What nobody sets: what a message or a document may have before anything looks into it. */
export const fixedLimits = {
  documentCharacters: 65_536,
  /** Levels of JSON in variables; rules of an audience have ten at most. */
  variableDepth: 40,
  /** Levels of JSON in a request: those of its variables, and a few around them. */
  bodyDepth: 60,
  /** The tools' own look at the schema has 16; the schema is to be seen outside production only. */
  introspectionDepth: 20,
  socketPayloadBytes: 65_536,
} as const;
