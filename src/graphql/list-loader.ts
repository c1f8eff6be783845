import type { Transaction } from '../adapters/postgres';
import type { Scope } from '../scope';
import type { LoaderDefinition } from './loaders';
import type { Page } from './pagination';

/** A page of the list that belongs to `owner`, narrowed. */
export interface ListKey<Owner, Filter> {
  readonly owner: Owner;
  readonly page: Page;
  readonly filter: Filter;
}

/** What the owners of one reading have in common. */
export interface ListWish<Filter> {
  readonly page: Page;
  readonly filter: Filter;
}

type ReadLists<Owner, Row, Filter> = (
  transaction: Transaction,
  owners: readonly Owner[],
  wish: ListWish<Filter>,
  scope: Scope,
) => Promise<ReadonlyMap<Owner, readonly Row[]>>;

/**
 * Lists of many owners in one statement, for lists within lists: fields of one query ask for the same page, so there
 * is one reading however long the outer list is.
 */
export function listLoader<Owner extends string | number, Row, Filter = null>(
  read: ReadLists<Owner, Row, Filter>,
): LoaderDefinition<ListKey<Owner, Filter>, readonly Row[]> {
  const wishOf = ({ page, filter }: ListWish<Filter>) => JSON.stringify([page, filter]);
  const keyOf = ({ owner, ...wish }: ListKey<Owner, Filter>) => JSON.stringify([owner, wishOf(wish)]);
  return {
    keyOf,
    read: async (transaction, keys, scope) => {
      const lists = new Map<string, readonly Row[]>();
      for (const [first, ...more] of Map.groupBy(keys, wishOf).values()) {
        if (first === undefined) continue;
        const group = [first, ...more];
        const found = await read(
          transaction,
          group.map(({ owner }) => owner),
          first,
          scope,
        );
        for (const key of group) lists.set(keyOf(key), found.get(key.owner) ?? []);
      }
      return lists;
    },
  };
}
