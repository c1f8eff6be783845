import DataLoader from 'dataloader';
import type { Transaction } from '../adapters/postgres';
import type { Scope } from '../scope';
import { createSharedReading } from './shared-reading';

/**
 * How one noun is read by many keys at once. `read` runs inside one short read-only transaction of the viewer's
 * organization and answers by `keyOf(key)`; a key it leaves out is "no such thing for this viewer".
 */
export interface LoaderDefinition<Key, Value> {
  readonly keyOf: (key: Key) => string;
  readonly read: (transaction: Transaction, keys: readonly Key[], scope: Scope) => Promise<ReadonlyMap<string, Value>>;
}

/** For what takes more than one reading: `gather` opens its transactions itself, one after another. */
export interface GatheringDefinition<Key, Value> {
  readonly keyOf: (key: Key) => string;
  readonly gather: (scope: Scope, keys: readonly Key[]) => Promise<ReadonlyMap<string, Value>>;
}

type Definition<Key, Value> = LoaderDefinition<Key, Value> | GatheringDefinition<Key, Value>;
type Loader<Key, Value> = DataLoader<Key, Value | undefined, string>;

/** The loaders of one request, made when first asked for. */
export interface Loaders {
  load<Key, Value>(definition: Definition<Key, Value>, key: Key): Promise<Value | undefined>;
  /** Takes what was read ahead; nothing stands for "no such thing". What was loaded before stays as it is. */
  prime<Key, Value>(definition: Definition<Key, Value>, key: Key, value: Value | undefined): void;
  /** A field resolver that follows a write must not see the row from before it. */
  forget(): void;
}

/** One statement per definition and tick, however many fields ask, and one short transaction for all of a tick. */
export function createLoaders(scope: Scope): Loaders {
  const read = createSharedReading(scope.read);
  const made = new Map<object, object>();
  // What lies under a definition was made of it, so it has its types.
  const loaderOf = <Key, Value>(definition: Definition<Key, Value>): Loader<Key, Value> => {
    const known = made.get(definition);
    if (known instanceof DataLoader) return known;
    const loader = createLoader(scope, read, definition);
    made.set(definition, loader);
    return loader;
  };
  return {
    load: (definition, key) => loaderOf(definition).load(key),
    prime: (definition, key, value) => void loaderOf(definition).prime(key, value),
    forget: () => made.clear(),
  };
}

function createLoader<Key, Value>(
  scope: Scope,
  read: Scope['read'],
  definition: Definition<Key, Value>,
): Loader<Key, Value> {
  const find = (keys: readonly Key[]) =>
    'gather' in definition
      ? definition.gather(scope, keys)
      : read((transaction) => definition.read(transaction, keys, scope));
  return new DataLoader(
    async (keys) => {
      const found = await find(keys);
      return keys.map((key) => found.get(definition.keyOf(key)));
    },
    { cacheKeyFn: definition.keyOf, maxBatchSize: 1_000 },
  );
}
