import { eventId, toBusMessage } from '../events/envelope';
import { channelName } from '../shared/ledger-codes';
import type { TrackingParts } from './tracking-parts';

/** Something a person or a program did with a mail, as it goes to the ingest. */
export interface RecordedTouch {
  readonly kind: 'clicked' | 'opened' | 'unsubscribed';
  readonly messageId: string;
  readonly organizationId: string;
  readonly channel: number;
  readonly at: Date;
  readonly correlationId: string;
  readonly link?: number;
  readonly machine?: boolean;
}

/** Publishes touches; the ingest makes rows and counters of them. */
export class TouchRecorder {
  readonly #open = new Set<Promise<void>>();

  constructor(private readonly parts: Pick<TrackingParts, 'bus' | 'log'>) {}

  /**
   * Never waits and never fails: who clicked goes on at once, with or without the bus. A touch is lost, uncounted, when
   * the bus is away or this process dies before the stream has it.
   */
  record(touch: RecordedTouch): void {
    const told = this.#tell(touch).finally(() => this.#open.delete(told));
    this.#open.add(told);
  }

  /** Resolves when what was recorded so far is stored or given up. */
  async drain(): Promise<void> {
    await Promise.all(this.#open);
  }

  async #tell(touch: RecordedTouch): Promise<void> {
    try {
      await this.parts.bus.publishBatch([toBusMessage(envelopeOf(touch))]);
    } catch (error) {
      // Not the error itself: it carries what was to be published.
      const reason = error instanceof Error ? error.message : 'unknown';
      this.parts.log.warn({ kind: touch.kind, reason }, '[TRACKING] a touch is lost');
    }
  }
}

// The id follows the identity that the ingest knows: message, kind and time.
const envelopeOf = ({ kind, messageId, organizationId, channel, at, correlationId, link, machine }: RecordedTouch) => ({
  id: eventId('tracking', messageId, kind, at.getTime()),
  type: `notification.${kind}`,
  version: 1 as const,
  source: 'campaign-service' as const,
  organizationId,
  correlationId,
  timestamp: at.toISOString(),
  data: {
    messageId,
    channel: channelName.get(channel),
    at: at.toISOString(),
    ...(link !== undefined && { link }),
    ...(machine && { machine }),
  },
});
