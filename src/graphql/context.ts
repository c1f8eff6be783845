import { createScope, type Scope, type ScopeParts } from '../scope';
import type { Viewer } from '../shared/viewer';
import { createLoaders, type Loaders } from './loaders';

/** What every resolver gets. Made anew for each HTTP request and for each event of a subscription. */
export interface GraphContext {
  readonly viewer: Viewer;
  readonly scope: Scope;
  readonly loaders: Loaders;
  /** Names this request in logs and in masked errors. */
  readonly requestId: string;
}

/** A fresh unit of work: a context that outlived its event would serve stale rows to every later one. */
export function createContext(parts: ScopeParts, viewer: Viewer, requestId: string): GraphContext {
  const scope = createScope(parts, viewer);
  return { viewer, scope, loaders: createLoaders(scope), requestId };
}
