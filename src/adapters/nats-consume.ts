import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import { type Msg, type NatsConnection, nanos } from '@nats-io/transport-node';
import type { BaseLogger } from 'pino';
import { type BusMessage, type ConsumeOptions, type Consumption, OfferedMessage } from './nats-message';
import { Pulls } from './nats-pulls';
import type { StreamKeeper } from './nats-streams';

export interface ConsumptionParts {
  readonly connection: NatsConnection;
  readonly streams: StreamKeeper;
  readonly log: BaseLogger;
  readonly options: ConsumeOptions;
  readonly handler: (messages: BusMessage[]) => Promise<void>;
}

interface Held {
  readonly message: OfferedMessage;
  readonly life: number;
  readonly since: number;
}

const DEFAULTS = {
  filter: undefined,
  batch: 1_000,
  expiresMs: 50,
  ackWaitMs: 5_000,
  maxDeliver: -1,
  maxAckPending: 20_000,
  retryMs: 500,
  acknowledge: 'handled',
  prefetch: true,
} as const;

// Encoded once: there is an acknowledgement for every message.
const ACKNOWLEDGED = new TextEncoder().encode('+ACK');
const PROGRESS = '+WPI';

/** A pull consumer that survives outages and a wiped server; created before this returns when the server is there. */
export async function startConsumption(parts: ConsumptionParts): Promise<Puller> {
  const puller = new Puller(parts);
  await puller.start();
  return puller;
}

/** Forms batches of what its pulls bring, hands them to the handler one after another, and acknowledges them. */
export class Puller implements Consumption {
  readonly #settings;
  readonly #pulls: Pulls;
  readonly #buffer: Held[] = [];
  #handling: Held[] = [];
  #running: Promise<void> | undefined;
  #forming: NodeJS.Timeout | undefined;
  #formed = false;
  #stopped = false;
  #preparing = false;
  #life = 0;
  readonly #progress: NodeJS.Timeout;

  constructor(private readonly parts: ConsumptionParts) {
    this.#settings = { ...DEFAULTS, ...parts.options };
    this.#pulls = new Pulls({
      connection: parts.connection,
      stream: this.#settings.stream,
      durable: this.#settings.durable,
      received: (offer) => this.#received(offer),
      ended: () => this.#pull(),
      lost: () => void this.#prepare(),
    });
    this.#progress = setInterval(() => this.#prolong(), this.#settings.ackWaitMs / 2);
    this.#progress.unref();
  }

  start(): Promise<void> {
    return this.#prepare();
  }

  /**
   * From here on no acknowledgement of this connection's messages may leave: a server that comes back empty gives the
   * same sequence numbers to other messages, and would take it for theirs. They are offered again.
   */
  disconnected(): void {
    this.#life++;
    this.#pulls.forgetAll();
    this.#buffer.length = 0;
    this.#clearForming();
  }

  reconnected(): void {
    void this.#prepare();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#clearForming();
    this.#pulls.forgetAll();
    await this.#running;
    clearInterval(this.#progress);
    for (const held of this.#buffer.splice(0)) this.#answer(held, '-NAK');
    if (!this.parts.connection.isClosed()) await this.parts.connection.flush().catch(() => {});
  }

  async #prepare(): Promise<void> {
    if (this.#preparing || this.#stopped) return;
    this.#preparing = true;
    try {
      await this.#declare();
      this.#preparing = false;
      this.#pull();
    } catch (error) {
      this.parts.log.warn({ err: error, durable: this.#settings.durable }, 'consumer not ready, trying again');
      setTimeout(() => {
        this.#preparing = false;
        void this.#prepare();
      }, 500).unref();
    }
  }

  #declare(): Promise<void> {
    const { stream, durable, filter, ackWaitMs, maxDeliver, maxAckPending } = this.#settings;
    return this.parts.streams.ensureConsumer(stream, {
      durable_name: durable,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(ackWaitMs),
      max_deliver: maxDeliver,
      max_ack_pending: maxAckPending,
      ...(filter ? { filter_subject: filter } : {}),
    });
  }

  #pull(): void {
    if (this.#stopped || this.#preparing) return;
    const { batch, prefetch } = this.#settings;
    const { owed } = this.#pulls;
    const room = prefetch ? batch : this.#handling.length > 0 ? 0 : batch;
    const wanted = room - owed - this.#buffer.length;
    // Half a batch at a time: a request for every message would cost as much as the message.
    if (wanted <= 0 || (wanted < batch / 2 && owed > 0)) return;
    this.#pulls.ask(wanted);
  }

  #received(offer: Msg): void {
    if (this.#stopped) return;
    this.#buffer.push({ message: new OfferedMessage(offer), life: this.#life, since: Date.now() });
    if (this.#buffer.length >= this.#settings.batch || this.#settings.expiresMs === 0) this.#form();
    else this.#forming ??= setTimeout(() => this.#form(), this.#settings.expiresMs);
  }

  #clearForming(): void {
    clearTimeout(this.#forming);
    this.#forming = undefined;
    this.#formed = false;
  }

  #form(): void {
    clearTimeout(this.#forming);
    this.#forming = undefined;
    this.#formed = true;
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
      // What arrived between the last look at the buffer and here found a drain that was over already.
      if (!this.#stopped && this.#buffer.length > 0 && (this.#formed || this.#settings.expiresMs === 0)) this.#form();
    });
  }

  async #drain(): Promise<void> {
    while (!this.#stopped && this.#buffer.length > 0 && (this.#formed || this.#settings.expiresMs === 0)) {
      this.#handling = this.#buffer.splice(0, this.#settings.batch);
      this.#formed = this.#buffer.length >= this.#settings.batch;
      this.#pull();
      await this.#handle(this.#handling);
      this.#handling = [];
      this.#pull();
    }
    if (this.#buffer.length > 0 && !this.#stopped) {
      this.#forming ??= setTimeout(() => this.#form(), this.#settings.expiresMs);
    }
  }

  async #handle(batch: Held[]): Promise<void> {
    if (this.#settings.acknowledge === 'taken') for (const held of batch) this.#answer(held, ACKNOWLEDGED);
    try {
      await this.parts.handler(batch.map((held) => held.message));
      // A crash before this line: the batch is offered again, and its handler must find it done.
      if (this.#settings.acknowledge === 'handled') for (const held of batch) this.#answer(held, ACKNOWLEDGED);
    } catch (error) {
      this.parts.log.warn({ err: error, durable: this.#settings.durable, batch: batch.length }, 'batch not handled');
      const retry = `-NAK {"delay": ${nanos(this.#settings.retryMs)}}`;
      if (this.#settings.acknowledge === 'handled') for (const held of batch) this.#answer(held, retry);
    }
  }

  #prolong(): void {
    const before = Date.now() - this.#settings.ackWaitMs / 4;
    for (const held of [...this.#handling, ...this.#buffer]) {
      if (held.since < before) this.#answer(held, PROGRESS);
    }
  }

  #answer(held: Held, word: string | Uint8Array): void {
    if (held.life === this.#life && !this.parts.connection.isClosed()) {
      this.parts.connection.publish(held.message.reply, word);
    }
  }
}
