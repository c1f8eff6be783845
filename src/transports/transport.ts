import type { RenderedContent } from '../content/rendered-content';
import type { ChannelKind } from '../shared/ledger-codes';

/** One message on its way out. `key` is the provider's idempotency key: message id and attempt. */
export interface OutgoingMessage {
  readonly key: string;
  readonly messageId: string;
  readonly attempt: number;
  readonly channel: ChannelKind;
  readonly to: string;
  readonly organizationId: string;
  readonly campaignId: string;
  readonly content: RenderedContent;
}

/**
 * What became of one message. `unanswered`: it may have left, so its key must not change.
 * `neverLeft` marks a refusal of which the provider knows nothing (no connection): putting it back costs no attempt.
 * `ofRequest` marks one of the request as a whole (busy, not authorized): it tells nothing about an earlier request of
 * the same key.
 */
export type Answer =
  | { readonly key: string; readonly outcome: 'accepted'; readonly providerId?: string }
  | {
      readonly key: string;
      readonly outcome: 'refused';
      readonly reason: string;
      readonly permanent: boolean;
      readonly neverLeft?: true;
      readonly ofRequest?: true;
    }
  | { readonly key: string; readonly outcome: 'unanswered'; readonly reason: string };

/** A way out of the house. */
export interface Transport {
  readonly name: string;
  /** True when the other side drops a key that it has seen: only then may an unanswered message be handed over again. */
  readonly takesKeys: boolean;
  /** Most messages of one `handOver`. */
  readonly batch: number;
  /** Most calls of `handOver` at a time. */
  readonly concurrency: number;
  /**
   * Hands messages over and answers for each of them, in their order.
   * Never throws for trouble of the provider; an aborted signal leaves what is on the wire `unanswered`.
   */
  handOver(messages: readonly OutgoingMessage[], signal?: AbortSignal): Promise<Answer[]>;
  close(): Promise<void>;
}
