import type { Bus } from '../adapters/nats';
import type { Database } from '../adapters/postgres';
import type { TrackingKeys } from '../content/tracking-token';
import type { SliceRenderer } from '../delivery/sender-parts';
import type { Log } from '../log';
import type { Clock } from '../shared/clock';
import type { MessageIds } from '../shared/message-id';

/** What the doors of our mails are made of. */
export interface TrackingParts {
  /** Spans organizations: a token names its message, and only the message its organization. */
  readonly database: Database;
  readonly bus: Pick<Bus, 'publishBatch'>;
  readonly log: Pick<Log, 'warn'>;
  /** Makes a mail once more, for who wants to see it in a browser. */
  readonly renderer: SliceRenderer;
  readonly clock: Clock;
  readonly keys: TrackingKeys;
  readonly ids: MessageIds;
}
