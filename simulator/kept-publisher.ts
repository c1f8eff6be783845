import { setTimeout as delay } from 'node:timers/promises';
import type { Bus, OutgoingBusMessage } from '../src/adapters/nats';
import type { AckFloorReader } from '../src/adapters/nats-ack-floor';

export interface KeptPublisherOptions<Item> {
  readonly bus: Pick<Bus, 'publishBatch' | 'ensureStreams'>;
  readonly floors: AckFloorReader;
  readonly stream: string;
  /** Whose acknowledgements count. */
  readonly durable: string;
  readonly toMessage: (item: Item) => OutgoingBusMessage;
  /** Told how many items, from the first ever added, need not be kept any longer. */
  readonly onAcknowledged: (count: number) => void;
  /** Items that earlier lives of this process had acknowledged. */
  readonly acknowledgedBefore: number;
}

interface Mark {
  /** Items up to here, counted from the head … */
  readonly end: number;
  /** … are stored in the stream at or before this place. */
  readonly lastSeq: number;
}

const BATCH = 2_000;
const POLL_MS = 250;
const GATHER_MS = 20;

/**
 * Publishes items in their order and keeps each until the consumer's ack floor has passed it. The broker's own
 * acknowledgement lets nothing go: a wiped stream takes stored messages with it, and all that is kept is sent again.
 */
export class KeptPublisher<Item> {
  readonly #items: Item[] = [];
  #head = 0;
  #published = 0;
  #marks: Mark[] = [];
  #created = '';
  #lastSeq = 0;
  #nextLook = 0;
  #stopped = false;
  #acknowledged: number;
  #wake: () => void = () => {};
  #running: Promise<void> | undefined;

  constructor(private readonly options: KeptPublisherOptions<Item>) {
    this.#acknowledged = options.acknowledgedBefore;
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  get unacknowledged(): number {
    return this.#items.length - this.#head;
  }

  add(items: readonly Item[]): void {
    for (const item of items) this.#items.push(item);
    this.#wake();
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#round();
      } catch {
        // Server away or wiped: everything unacknowledged is still here, and the stream is declared again.
        this.#lookSoon();
        await delay(POLL_MS);
        await this.options.bus.ensureStreams().catch(() => {});
      }
    }
  }

  async #round(): Promise<void> {
    if (Date.now() >= this.#nextLook) await this.#look();
    const first = this.#head + this.#published;
    const batch = this.#items.slice(first, first + BATCH);
    if (batch.length === 0) return this.#pause();
    await this.options.bus.publishBatch(batch.map(this.options.toMessage));
    const { created, lastSeq } = await this.options.floors.end(this.options.stream);
    // The same stream before and after: the whole batch is in it. Otherwise the next look starts over.
    if (created !== this.#created) return this.#lookSoon();
    this.#published += batch.length;
    this.#lastSeq = lastSeq;
    this.#marks.push({ end: this.#published, lastSeq });
    // What arrives meanwhile goes out together.
    if (batch.length < BATCH) await delay(GATHER_MS);
  }

  async #look(): Promise<void> {
    const { stream, durable, floors } = this.options;
    const [{ created, lastSeq }, ackFloor] = [await floors.end(stream), await floors.floor(stream, durable)];
    if (created !== this.#created || lastSeq < this.#lastSeq) {
      this.#published = 0;
      this.#marks = [];
    }
    this.#created = created;
    this.#lastSeq = lastSeq;
    this.#nextLook = Date.now() + POLL_MS;
    this.#drop(ackFloor);
  }

  #lookSoon(): void {
    this.#nextLook = 0;
  }

  #drop(ackFloor: number): void {
    const passed = this.#marks.findLast((mark) => mark.lastSeq <= ackFloor);
    if (!passed) return;
    const { end } = passed;
    this.#marks = this.#marks.filter((mark) => mark.end > end).map((mark) => ({ ...mark, end: mark.end - end }));
    this.#published -= end;
    this.#head += end;
    this.#acknowledged += end;
    if (this.#head > 50_000 || this.#head === this.#items.length) {
      this.#items.splice(0, this.#head);
      this.#head = 0;
    }
    this.options.onAcknowledged(this.#acknowledged);
  }

  async #pause(): Promise<void> {
    if (this.#stopped) return;
    const waiting = this.unacknowledged > 0;
    await new Promise<void>((resolve) => {
      const timer = waiting ? setTimeout(resolve, POLL_MS) : undefined;
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => {};
  }
}
