import type { MessageEventFeeds } from '../message/message-event-feeds';
import type { PreviewRenderer } from '../preview/preview-renderer';
import { createScope, type Scope, type ScopeParts } from '../scope';
import type { Viewer } from '../shared/viewer';
import { unauthenticated } from './errors';
import type { LiveFeeds } from './live-feeds';
import { createLoaders, type Loaders } from './loaders';
import type { LookAhead } from './look-ahead';

/** What every resolver gets. Made anew for each HTTP request and for each event of a subscription. */
export interface GraphContext {
  readonly viewer: Viewer;
  readonly scope: Scope;
  readonly loaders: Loaders;
  /** What the operation will ask further on, where it is known. */
  readonly ahead?: LookAhead;
  /** What subscriptions follow; one for the process. */
  readonly live: LiveFeeds;
  /** What happens to messages, for those who follow it; one for the process. */
  readonly messageEvents: MessageEventFeeds;
  /** Shows content before it is sent; one for the process. */
  readonly previews: PreviewRenderer;
  /** Names this request in logs and in masked errors. */
  readonly requestId: string;
}

/** What contexts are made of. */
export interface ContextParts extends ScopeParts {
  readonly live: LiveFeeds;
  readonly messageEvents: MessageEventFeeds;
  readonly previews: PreviewRenderer;
}

/** A fresh unit of work: a context that outlived its event would serve stale rows to every later one. */
export function createContext(
  parts: ContextParts,
  viewer: Viewer,
  requestId: string,
  idempotencyKey?: string,
): GraphContext {
  const scope = createScope(parts, viewer, { id: requestId, ...(idempotencyKey !== undefined && { idempotencyKey }) });
  const { live, messageEvents, previews } = parts;
  return { viewer, scope, loaders: createLoaders(scope), live, messageEvents, previews, requestId };
}

/** Of someone without a token, where looking at the schema is open: every other reach into it is refused. */
export class NobodysContext implements GraphContext {
  constructor(readonly requestId: string) {}

  get viewer(): Viewer {
    throw unauthenticated();
  }
  get scope(): Scope {
    throw unauthenticated();
  }
  get loaders(): Loaders {
    throw unauthenticated();
  }
  get live(): LiveFeeds {
    throw unauthenticated();
  }
  get messageEvents(): MessageEventFeeds {
    throw unauthenticated();
  }
  get previews(): PreviewRenderer {
    throw unauthenticated();
  }
}
