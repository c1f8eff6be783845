import type { EntityManager } from '@mikro-orm/postgresql';
import type { Database, Transaction } from './adapters/postgres';
import type { Clock } from './shared/clock';
import type { Viewer } from './shared/viewer';

/** Turns a message's key into its public id and back; keyed, so that ids cannot be guessed. */
export interface MessageIds {
  encode(execNo: number, seq: number): string;
  decode(id: string): { execNo: number; seq: number } | undefined;
}

/** What every unit of work is made of; the composition root holds one of these. */
export interface ScopeParts {
  readonly database: Database;
  readonly entityManager: EntityManager;
  readonly now: Clock;
  readonly messageIds: MessageIds;
}

/**
 * One unit of work of one viewer: an HTTP request, one event of a subscription, a test. Services and readers take it
 * as their first argument; nothing else reaches the database.
 */
export interface Scope {
  readonly viewer: Viewer;
  readonly now: Clock;
  readonly messageIds: MessageIds;
  /** A short read-only transaction that sees the viewer's organization alone. Never hold it across resolvers. */
  read<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** One use case, one transaction on a fresh EntityManager fork; flushed and committed when `work` is done. */
  write<Result>(work: (em: EntityManager) => Promise<Result>): Promise<Result>;
}

/** Opens a unit of work; it holds no connection until it reads or writes. */
export function createScope(parts: ScopeParts, viewer: Viewer): Scope {
  const { database, entityManager, now, messageIds } = parts;
  return {
    viewer,
    now,
    messageIds,
    read: (work) => database.transaction((transaction) => readAs(transaction, viewer, work)),
    write: (work) =>
      entityManager.fork().transactional(async (em) => {
        await em.execute(becomeTenant.replace('$1', '?'), [String(viewer.organizationNo)]);
        return work(em as EntityManager);
      }),
  };
}

// The role is taken for this transaction only: forced row-level security then holds even on an owner's connection.
const becomeTenant = `select set_config('role', 'campaign_app', true), set_config('app.org', $1, true)`;

async function readAs<Result>(
  transaction: Transaction,
  viewer: Viewer,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  await transaction.query(`${becomeTenant}, set_config('transaction_read_only', 'on', true)`, [
    String(viewer.organizationNo),
  ]);
  return work(transaction);
}
