import type { Msg } from '@nats-io/transport-node';
import type { StreamName } from './nats-streams';

export interface ConsumeOptions {
  readonly stream: StreamName;
  readonly durable: string;
  readonly filter?: string;
  /** Largest batch, messages. */
  readonly batch?: number;
  /** A batch that is not full is handed over after this long; 0: at once. */
  readonly expiresMs?: number;
  /** Not acknowledged for this long, a message is offered again; messages in hand are prolonged. */
  readonly ackWaitMs?: number;
  /** Offers of one message; -1 for no end. */
  readonly maxDeliver?: number;
  readonly maxAckPending?: number;
  /** Delay before a batch whose handler threw is offered again. */
  readonly retryMs?: number;
  /** `handled`: acknowledged after the handler returned. `taken`: before it runs, for hints that may be lost. */
  readonly acknowledge?: 'handled' | 'taken';
  /** Ask for the next batch while this one is handled. */
  readonly prefetch?: boolean;
}

export interface BusMessage {
  readonly subject: string;
  readonly data: Uint8Array;
  /** Place in the stream: what a producer compares with the consumer's ack floor. */
  readonly streamSeq: number;
  /** 1 at the first offer. */
  readonly deliveries: number;
  text(): string;
}

export interface Consumption {
  /** Waits for the running handler; what was fetched and not handled is offered to others at once. */
  stop(): Promise<void>;
}

/** `$JS.ACK.<stream>.<consumer>.<deliveries>.<stream seq>.<…>`, with two more words in front since 2.10 domains. */
export function toBusMessage(reply: Msg): BusMessage {
  const words = (reply.reply ?? '').split('.');
  const shift = words.length >= 11 ? 2 : 0;
  return {
    subject: reply.subject,
    data: reply.data,
    streamSeq: Number(words[5 + shift]),
    deliveries: Number(words[4 + shift]),
    text: () => reply.string(),
  };
}
