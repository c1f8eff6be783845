import DataLoader from 'dataloader';
import type { Transaction } from '../adapters/postgres';
import type { Scope } from '../scope';

/**
 * How one noun is read by many keys at once. `read` runs inside one short read-only transaction of the viewer's
 * organization and answers by `keyOf(key)`; a key it leaves out is "no such thing for this viewer".
 */
export interface LoaderDefinition<Key, Value> {
  readonly keyOf: (key: Key) => string;
  readonly read: (transaction: Transaction, keys: readonly Key[], scope: Scope) => Promise<ReadonlyMap<string, Value>>;
}

/** The loaders of one request, made when first asked for. */
export interface Loaders {
  load<Key, Value>(definition: LoaderDefinition<Key, Value>, key: Key): Promise<Value | undefined>;
  /** A field resolver that follows a write must not see the row from before it. */
  forget(): void;
}

/** One statement (and one short transaction) per definition and tick, however many fields ask. */
export function createLoaders(scope: Scope): Loaders {
  const made = new Map<LoaderDefinition<never, unknown>, DataLoader<unknown, unknown, string>>();
  return {
    load: <Key, Value>(definition: LoaderDefinition<Key, Value>, key: Key) => {
      const loader = (made.get(definition) ?? createLoader(scope, definition)) as DataLoader<Key, Value | undefined>;
      made.set(definition, loader as unknown as DataLoader<unknown, unknown, string>);
      return loader.load(key);
    },
    forget: () => made.clear(),
  };
}

function createLoader<Key, Value>(scope: Scope, definition: LoaderDefinition<Key, Value>) {
  return new DataLoader<Key, Value | undefined, string>(
    async (keys) => {
      const found = await scope.read((transaction) => definition.read(transaction, keys, scope));
      return keys.map((key) => found.get(definition.keyOf(key)));
    },
    { cacheKeyFn: definition.keyOf, maxBatchSize: 1_000 },
  );
}
