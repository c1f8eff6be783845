import { performance } from 'node:perf_hooks';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Database, Transaction } from './adapters/postgres';
import type { AssetServices } from './asset/open-assets';
import { type ContentLimits, usualContentLimits } from './content/content-limits';
import type { Templates } from './creative/templates';
import type { Localizer } from './localization/localizer';
import type { ProfileSchemas } from './profile/profile-schemas';
import type { RemoteLists } from './remote-list/remote-lists';
import type { Clock } from './shared/clock';
import { OutOfTime } from './shared/errors';
import { type ChannelKind, channelName } from './shared/ledger-codes';
import type { Viewer } from './shared/viewer';

/** Turns a message's key into its public id and back; keyed, so that ids cannot be guessed. */
export interface MessageIds {
  encode(execNo: number, seq: number): string;
  decode(id: string): { execNo: number; seq: number } | undefined;
}

/** The request that a unit of work belongs to; a step that nobody asked for has none. */
export interface RequestFacts {
  readonly id: string;
  /** From the header `Idempotency-Key`: for each of its mutations that names no key of its own. */
  readonly idempotencyKey?: string;
}

/** What every unit of work is made of; the composition root holds one of these. */
export interface ScopeParts {
  readonly database: Database;
  readonly entityManager: EntityManager;
  /** Connections as campaign_dispatcher, for `judge`; without them it reads as `read` does. */
  readonly directory?: Database | undefined;
  readonly now: Clock;
  readonly messageIds: MessageIds;
  /** People in one execution at most; 1,000,000 when absent. */
  readonly maxAudience?: number;
  /** People whom one audience may name; 10,000 when absent. */
  readonly maxNamedUsers?: number;
  /** Send windows of a campaign at most; 10 when absent. */
  readonly maxSendWindows?: number;
  /** What bounds content; its defaults when absent. */
  readonly content?: ContentLimits;
  /** Recipients of one test send at most; 20 when absent. */
  readonly maxTestRecipients?: number;
  /** What some transport of this installation carries; everything when absent. */
  readonly servedChannels?: readonly ChannelKind[];
  /** What an organization's webhooks are signed with, the newest first; nothing where none are sent. */
  readonly webhookSecrets?: (organizationId: string) => readonly string[];
  /** Audiences that other services keep; none where no such service is configured. */
  readonly remoteLists?: RemoteLists | undefined;
  /** Templates that a creative service keeps; none where no such service is configured. */
  readonly templates?: Templates | undefined;
  /** Where assets are, and what stands in for pictures; neither where no such service is configured. */
  readonly assets?: AssetServices;
  /** What a profile service says that profiles hold; none where no such service is configured. */
  readonly profileSchemas?: ProfileSchemas | undefined;
  /** Strings and prices that a localization service keeps; none where no such service is configured. */
  readonly localizer?: Localizer | undefined;
  /** After this a unit of work is given up, and PostgreSQL cancels its statement; without it there is no end. */
  readonly operationMs?: number;
  /** For work without an end of its own, as a subscription is: after this a statement is cancelled. */
  readonly statementMs?: number;
  /** Hears of each write after its commit, never inside, with the campaigns it changed; must not throw. */
  readonly onCommitted?: (changed: ReadonlySet<string>) => void;
}

/**
 * One unit of work of one viewer: an HTTP request, one event of a subscription, a test. Services and readers take it
 * as their first argument; nothing else reaches the database.
 */
export interface Scope {
  readonly viewer: Viewer;
  readonly request: RequestFacts;
  readonly now: Clock;
  readonly messageIds: MessageIds;
  /** People in one execution at most. */
  readonly maxAudience: number;
  /** People whom one audience may name. */
  readonly maxNamedUsers: number;
  /** Send windows of a campaign at most. */
  readonly maxSendWindows: number;
  /** What bounds content. */
  readonly content: ContentLimits;
  /** Recipients of one test send at most. */
  readonly maxTestRecipients: number;
  /** What the organization's webhooks are signed with, the newest first. */
  readonly webhookSecrets: readonly string[];
  /** What some transport of this installation carries. */
  readonly servedChannels: readonly ChannelKind[];
  /** Audiences that other services keep. */
  readonly remoteLists: RemoteLists | undefined;
  /** Templates that a creative service keeps. */
  readonly templates: Templates | undefined;
  /** Where assets are, and what stands in for pictures. */
  readonly assets: AssetServices;
  /** What a profile service says that profiles hold. */
  readonly profileSchemas: ProfileSchemas | undefined;
  /** Strings and prices that a localization service keeps. */
  readonly localizer: Localizer | undefined;
  /** For imports, which are many transactions by nature: each takes role and organization itself. */
  readonly database: Database;
  /** A short read-only transaction that sees the viewer's organization alone. Never hold it across resolvers. */
  read<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /**
   * A short read-only transaction that judges people by conditions of the viewer. Its statements name the organization
   * themselves: row-level security would keep their conditions from every index (docs/decisions/0003).
   */
  judge<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** One use case, one transaction on a fresh EntityManager fork; flushed and committed when `work` is done. */
  write<Result>(work: (em: EntityManager) => Promise<Result>): Promise<Result>;
  /** Says that the present write changes this campaign: whoever watches it is told after the commit. */
  changed(campaignId: string): void;
}

/** Opens a unit of work; it holds no connection until it reads or writes. */
export function createScope(parts: ScopeParts, viewer: Viewer, request: RequestFacts = { id: '' }): Scope {
  const { database, now, messageIds } = parts;
  const changed = new Set<string>();
  const timeLeft = countDown(parts);
  const read: Scope['read'] = (work) => database.transaction(work, readOnly(becomeTenant(viewer, timeLeft())));
  const { directory } = parts;
  return {
    viewer,
    request,
    now,
    messageIds,
    maxAudience: parts.maxAudience ?? 1_000_000,
    maxNamedUsers: parts.maxNamedUsers ?? 10_000,
    maxSendWindows: parts.maxSendWindows ?? 10,
    content: parts.content ?? usualContentLimits,
    maxTestRecipients: parts.maxTestRecipients ?? 20,
    servedChannels: parts.servedChannels ?? [...channelName.values()],
    webhookSecrets: parts.webhookSecrets?.(viewer.organizationId) ?? [],
    remoteLists: parts.remoteLists,
    templates: parts.templates,
    assets: parts.assets ?? {},
    profileSchemas: parts.profileSchemas,
    localizer: parts.localizer,
    database,
    changed: (campaignId) => changed.add(campaignId),
    read,
    judge: directory ? (work) => directory.transaction(work, readOnly(limited(timeLeft()))) : read,
    write: async (work) => {
      const result = await writeAs(parts.entityManager, () => becomeTenant(viewer, timeLeft()), work);
      // Dying here loses a wake-up: the dispatcher and the followers look by themselves a little later.
      parts.onCommitted?.(changed);
      return result;
    },
  };
}

/** What is left for the next statement; throws when nothing is. */
function countDown({ operationMs, statementMs }: ScopeParts): () => number | undefined {
  if (operationMs === undefined) return () => statementMs;
  const end = performance.now() + operationMs;
  return () => {
    const left = Math.floor(end - performance.now());
    if (left < 1) throw new OutOfTime();
    return left;
  };
}

function writeAs<Result>(
  entityManager: EntityManager,
  become: () => string,
  work: (em: EntityManager) => Promise<Result>,
): Promise<Result> {
  return entityManager.fork().transactional(async (em) => {
    await em.execute(become());
    return work(em as EntityManager);
  });
}

/**
 * The role is taken for this transaction only: forced row-level security then holds even on an owner's connection.
 * Both values are numbers of ours, so they may stand in the text.
 */
function becomeTenant({ organizationNo }: Viewer, timeLeft: number | undefined): string {
  const tenant = `set_config('role', 'campaign_app', true), set_config('app.org', '${organizationNo}', true)`;
  return `${limited(timeLeft)}, ${tenant}`;
}

const limited = (timeLeft: number | undefined): string =>
  timeLeft === undefined ? 'select true' : `select set_config('statement_timeout', '${timeLeft}', true)`;

const readOnly = (become: string): string => `${become}, set_config('transaction_read_only', 'on', true)`;
