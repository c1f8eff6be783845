import { headers, type Msg, type NatsConnection, nuid } from '@nats-io/transport-node';
import type { StreamKeeper } from './nats-streams';

export interface OutgoingBusMessage {
  readonly subject: string;
  /** `Nats-Msg-Id`: within the stream's window the same id is stored once. */
  readonly id: string;
  readonly payload: Uint8Array | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Some messages are not known to be stored. Publishing them again with the same ids is always right. */
export class PublishError extends Error {
  override readonly name = 'PublishError';

  constructor(
    reason: string,
    readonly unacknowledged: readonly OutgoingBusMessage[],
  ) {
    super(`${unacknowledged.length} messages were not acknowledged: ${reason}`);
  }
}

const WINDOW_MESSAGES = 4_096;
const WINDOW_BYTES = 4 * 1024 * 1024;
const SILENCE_MS = 5_000;
const ERROR_REPLY = new TextEncoder().encode('{"error"');

/** One batch on the wire: which messages are still unanswered, and who waits for room. */
class Flight {
  readonly sizes: number[] = [];
  readonly acknowledged: Uint8Array;
  waiting: number;
  bytes = 0;
  open = 0;
  lastAnswer = Date.now();
  failure: string | undefined;
  wake: () => void = () => {};

  constructor(readonly messages: readonly OutgoingBusMessage[]) {
    this.acknowledged = new Uint8Array(messages.length);
    this.waiting = messages.length;
  }

  answered(index: number, reply: Msg): void {
    if (this.acknowledged[index] !== 0 || index >= this.sizes.length) return;
    const refusal = refusalOf(reply);
    if (refusal) {
      this.fail(refusal);
      return;
    }
    this.acknowledged[index] = 1;
    this.waiting--;
    this.open--;
    this.bytes -= this.sizes[index] ?? 0;
    this.lastAnswer = Date.now();
    if (this.waiting === 0 || (this.open <= WINDOW_MESSAGES / 2 && this.bytes <= WINDOW_BYTES / 2)) this.wake();
  }

  fail(reason: string): void {
    this.failure ??= reason;
    this.wake();
  }

  hasRoom(): boolean {
    return this.open < WINDOW_MESSAGES && this.bytes < WINDOW_BYTES;
  }

  error(): PublishError {
    return new PublishError(
      this.failure ?? 'no answer',
      this.messages.filter((_, index) => this.acknowledged[index] === 0),
    );
  }
}

/**
 * Publishes whole batches: one inbox for every acknowledgement, bytes in flight bounded.
 * Asking for each acknowledgement on its own tops out at a quarter of the rate.
 */
export class BulkPublisher {
  readonly #prefix = `_INBOX.${nuid.next()}`;
  readonly #flights = new Map<string, Flight>();
  #next = 0;
  #connected = true;

  constructor(
    private readonly connection: NatsConnection,
    private readonly streams: StreamKeeper,
  ) {
    const callback = (error: Error | null, reply: Msg) => {
      if (!error) this.#deliver(reply);
    };
    connection.subscribe(`${this.#prefix}.*.*`, { callback });
  }

  async publish(messages: readonly OutgoingBusMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const key = String(this.#next++);
    const flight = new Flight(messages);
    if (!this.#connected) flight.fail('not connected');
    this.#flights.set(key, flight);
    try {
      await this.#fly(key, flight);
    } finally {
      this.#flights.delete(key);
    }
    if (flight.waiting > 0) throw flight.error();
  }

  /** Acknowledgements of a lost connection never come: the waiting callers learn it at once. */
  disconnected(): void {
    this.#connected = false;
    this.#failInFlight('connection lost');
  }

  reconnected(): void {
    this.#connected = true;
  }

  close(): void {
    this.#connected = false;
    this.#failInFlight('bus closed');
  }

  #failInFlight(reason: string): void {
    for (const flight of this.#flights.values()) flight.fail(reason);
  }

  async #fly(key: string, flight: Flight): Promise<void> {
    for (const [index, message] of flight.messages.entries()) {
      while (!flight.hasRoom() && !flight.failure) await this.#answerOrSilence(flight);
      if (flight.failure) return;
      this.#send(`${this.#prefix}.${key}.${index}`, message, flight);
    }
    while (flight.waiting > 0 && !flight.failure) await this.#answerOrSilence(flight);
  }

  #send(reply: string, message: OutgoingBusMessage, flight: Flight): void {
    const head = headers();
    head.set('Nats-Msg-Id', message.id);
    for (const [name, value] of Object.entries(message.headers ?? {})) head.set(name, value);
    flight.sizes.push(message.payload.length);
    flight.bytes += message.payload.length;
    flight.open++;
    try {
      this.connection.publish(message.subject, message.payload, { reply, headers: head });
    } catch (error) {
      flight.fail(error instanceof Error ? error.message : String(error));
    }
  }

  #answerOrSilence(flight: Flight): Promise<void> {
    return new Promise((resolve) => {
      const left = flight.lastAnswer + SILENCE_MS - Date.now();
      const timer = setTimeout(() => flight.fail('no answer'), Math.max(1, left));
      flight.wake = () => {
        clearTimeout(timer);
        flight.wake = () => {};
        resolve();
      };
    });
  }

  #deliver(reply: Msg): void {
    const [, , key, index] = reply.subject.split('.');
    const flight = this.#flights.get(key ?? '');
    if (!flight) return;
    flight.answered(Number(index), reply);
    // A wiped server has no stream to take the subject: the caller's next try finds it declared.
    if (flight.failure) this.streams.ensure().catch(() => {});
  }
}

function refusalOf(reply: Msg): string | undefined {
  if (reply.data.length === 0) return `status ${reply.headers?.code ?? 'unknown'}: no stream takes this subject`;
  const isError = ERROR_REPLY.every((byte, position) => reply.data[position] === byte);
  return isError ? reply.string() : undefined;
}
