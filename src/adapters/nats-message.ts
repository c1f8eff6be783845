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

/** A message as it was offered. What costs something is read when it is asked for: most messages are only parsed. */
export class OfferedMessage implements BusMessage {
  constructor(private readonly offer: Msg) {}

  get subject(): string {
    return this.offer.subject;
  }

  get data(): Uint8Array {
    return this.offer.data;
  }

  get streamSeq(): number {
    return this.#word(5);
  }

  get deliveries(): number {
    return this.#word(4);
  }

  text(): string {
    return this.offer.string();
  }

  /** Where the answer goes that acknowledges it. */
  get reply(): string {
    return this.offer.reply ?? '';
  }

  /** `$JS.ACK.<stream>.<consumer>.<deliveries>.<stream seq>.<…>`, with two more words in front since 2.10 domains. */
  #word(position: number): number {
    const words = this.reply.split('.');
    return Number(words[words.length >= 11 ? position + 2 : position]);
  }
}
