import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import { type Msg, type NatsConnection, nanos, nuid, type Subscription } from '@nats-io/transport-node';
import type { BaseLogger } from 'pino';
import { type BusMessage, type ConsumeOptions, type Consumption, toBusMessage } from './nats-message';
import type { StreamKeeper } from './nats-streams';

export interface ConsumptionParts {
  readonly connection: NatsConnection;
  readonly streams: StreamKeeper;
  readonly log: BaseLogger;
  readonly options: ConsumeOptions;
  readonly handler: (messages: BusMessage[]) => Promise<void>;
}

interface Held {
  readonly message: BusMessage;
  readonly reply: string;
  readonly life: number;
  readonly since: number;
}

/** The server keeps the message's own subject on delivery, so only a subscription of its own tells a pull's answers. */
interface Pull {
  owed: number;
  readonly subscription: Subscription;
  readonly timer: NodeJS.Timeout;
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

const PULL_MS = 5_000;
const GRACE_MS = 1_500;
const PROGRESS = '+WPI';

/** A pull consumer that survives outages and a wiped server; created before this returns when the server is there. */
export async function startConsumption(parts: ConsumptionParts): Promise<Puller> {
  const puller = new Puller(parts);
  await puller.start();
  return puller;
}

/**
 * Pulls are long-lived; batches are formed here, so an idle consumer costs one request in five seconds.
 * Each pull has a subscription of its own: what it still owes is known, and one that died with its server is given up by time.
 */
export class Puller implements Consumption {
  readonly #settings;
  readonly #pulls = new Set<Pull>();
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
    for (const pull of this.#pulls) this.#forget(pull);
    this.#buffer.length = 0;
    this.#clearForming();
  }

  reconnected(): void {
    void this.#prepare();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#clearForming();
    for (const pull of this.#pulls) this.#forget(pull);
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
    const { batch, stream, durable, prefetch } = this.#settings;
    let owed = 0;
    for (const pull of this.#pulls) owed += pull.owed;
    const room = prefetch ? batch : this.#handling.length > 0 ? 0 : batch;
    const wanted = room - owed - this.#buffer.length;
    // Half a batch at a time: a request for every message would cost as much as the message.
    if (wanted <= 0 || (wanted < batch / 2 && owed > 0)) return;
    this.#ask(wanted, `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`);
  }

  #ask(wanted: number, subject: string): void {
    const inbox = `_INBOX.${nuid.next()}`;
    const subscription = this.parts.connection.subscribe(inbox, {
      callback: (error, reply) => {
        if (!error && !this.#stopped) this.#received(pull, reply);
      },
    });
    const pull: Pull = {
      owed: wanted,
      subscription,
      timer: setTimeout(() => this.#abandoned(pull), PULL_MS + GRACE_MS),
    };
    this.#pulls.add(pull);
    const request = JSON.stringify({ batch: wanted, expires: nanos(PULL_MS) });
    this.parts.connection.publish(subject, request, { reply: inbox });
  }

  /** No word at all, not even its end: stream or consumer may be gone. */
  #abandoned(pull: Pull): void {
    this.#forget(pull);
    if (!this.parts.connection.isClosed()) void this.#prepare();
  }

  #received(pull: Pull, reply: Msg): void {
    if (!reply.reply) {
      this.#ended(pull, reply);
      return;
    }
    if (--pull.owed === 0) this.#forget(pull);
    this.#buffer.push({ message: toBusMessage(reply), reply: reply.reply, life: this.#life, since: Date.now() });
    if (this.#buffer.length >= this.#settings.batch || this.#settings.expiresMs === 0) this.#form();
    else this.#forming ??= setTimeout(() => this.#form(), this.#settings.expiresMs);
  }

  /** 404, 408 and 409 batch completed are ordinary ends; the other words mean that the consumer must be looked at. */
  #ended(pull: Pull, reply: Msg): void {
    const code = reply.headers?.code ?? 0;
    const description = reply.headers?.description ?? '';
    if (code === 100) return;
    this.#forget(pull);
    const ordinary = code === 404 || code === 408 || /batch completed|exceeded/i.test(description);
    if (ordinary) this.#pull();
    else setTimeout(() => void this.#prepare(), 100).unref();
  }

  #forget(pull: Pull): void {
    clearTimeout(pull.timer);
    if (!this.parts.connection.isClosed()) pull.subscription.unsubscribe();
    this.#pulls.delete(pull);
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
    if (this.#settings.acknowledge === 'taken') for (const held of batch) this.#answer(held, '+ACK');
    try {
      await this.parts.handler(batch.map((held) => held.message));
      // A crash before this line: the batch is offered again, and its handler must find it done.
      if (this.#settings.acknowledge === 'handled') for (const held of batch) this.#answer(held, '+ACK');
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

  #answer(held: Held, word: string): void {
    if (held.life === this.#life && !this.parts.connection.isClosed()) {
      this.parts.connection.publish(held.reply, word);
    }
  }
}
