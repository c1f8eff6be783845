import {
  type ConsumerConfig,
  DiscardPolicy,
  JetStreamApiError,
  type JetStreamManager,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/transport-node';
import type { BaseLogger } from 'pino';

const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;

interface StreamPlan {
  readonly subjects: string[];
  readonly maxAgeMs: number;
  readonly duplicateWindowMs: number;
  readonly retention: RetentionPolicy;
  readonly storage: StorageType;
}

const kept = (subjects: string[], maxAgeMs: number): StreamPlan => ({
  subjects,
  maxAgeMs,
  duplicateWindowMs: 120 * SECOND,
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
});

/**
 * Every stream of ours, in what a 2.9 server knows already (newer fields are ignored there without a word).
 * Hints may be lost: they rest in memory, and their short window lets the same hint be given again.
 */
const STREAMS = {
  CAMPAIGN: kept(['campaign.>', 'execution.>'], 3 * DAY),
  NOTIFICATION: kept(['notification.>'], 3 * DAY),
  // `subscription.>` starts triggered campaigns and `task.>` is an outside scheduler's word (SPEC §11): we have neither yet.
  // Ingest passes over both; what they say is kept like the rest, for a consumer that begins at the stream's start.
  EVENTS: kept(['event.>', 'user.>', 'order.>', 'subscription.>', 'task.>'], 3 * DAY),
  DEAD_LETTER: kept(['dlq.>'], 14 * DAY),
  WORK: {
    subjects: ['work.send.*'],
    maxAgeMs: 60 * SECOND,
    duplicateWindowMs: SECOND,
    retention: RetentionPolicy.Workqueue,
    storage: StorageType.Memory,
  },
} as const satisfies Record<string, StreamPlan>;

export type StreamName = keyof typeof STREAMS;

type DurableConfig = Partial<ConsumerConfig> & { durable_name: string };

const STREAM_NOT_FOUND = 10059;
const CONSUMER_NOT_FOUND = 10014;

const isMissing = (error: unknown, code: number): boolean => error instanceof JetStreamApiError && error.code === code;

/** Declares streams and consumers, again whenever they are found missing. */
export class StreamKeeper {
  #manager: Promise<JetStreamManager> | undefined;
  #running: Promise<void> | undefined;

  constructor(
    private readonly connection: NatsConnection,
    private readonly log: BaseLogger,
  ) {}

  /** Callers that find a stream missing at the same time share one round. */
  ensure(): Promise<void> {
    this.#running ??= this.#declareAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async created(name: StreamName): Promise<Date> {
    const manager = await this.#open();
    try {
      return new Date((await manager.streams.info(name)).created);
    } catch (error) {
      if (!isMissing(error, STREAM_NOT_FOUND)) throw error;
      await this.ensure();
      return new Date((await manager.streams.info(name)).created);
    }
  }

  maxAgeMs(name: StreamName): number {
    return STREAMS[name].maxAgeMs;
  }

  async ensureConsumer(stream: StreamName, wanted: DurableConfig): Promise<void> {
    const manager = await this.#open();
    await this.ensure();
    const existing = await manager.consumers.info(stream, wanted.durable_name).catch((error: unknown) => {
      if (isMissing(error, CONSUMER_NOT_FOUND)) return undefined;
      throw error;
    });
    if (!existing) await manager.consumers.add(stream, wanted);
    else if (differs(existing.config, wanted)) await manager.consumers.update(stream, wanted.durable_name, wanted);
  }

  async #declareAll(): Promise<void> {
    const manager = await this.#open();
    for (const [name, plan] of Object.entries(STREAMS)) await this.#declare(manager, name, plan);
  }

  async #declare(manager: JetStreamManager, name: string, plan: StreamPlan): Promise<void> {
    const config = streamConfig(name, plan);
    try {
      const { config: existing } = await manager.streams.info(name);
      if (differs(existing, config)) await manager.streams.update(name, config);
    } catch (error) {
      if (!isMissing(error, STREAM_NOT_FOUND)) throw error;
      await manager.streams.add(config);
      this.log.info({ stream: name }, 'stream declared');
    }
  }

  // The manager's first call asks for the account: after an outage it is asked anew instead of failing for ever.
  #open(): Promise<JetStreamManager> {
    this.#manager ??= jetstreamManager(this.connection).catch((error: unknown) => {
      this.#manager = undefined;
      throw error;
    });
    return this.#manager;
  }
}

function streamConfig(name: string, plan: StreamPlan): Partial<StreamConfig> & { name: string; subjects: string[] } {
  return {
    name,
    subjects: [...plan.subjects],
    retention: plan.retention,
    storage: plan.storage,
    discard: DiscardPolicy.Old,
    max_age: nanos(plan.maxAgeMs),
    duplicate_window: nanos(plan.duplicateWindowMs),
  };
}

/** Only what we ask for counts: a server adds fields of its own. */
function differs(existing: object, wanted: object): boolean {
  const found = new Map(Object.entries(existing));
  return Object.entries(wanted).some(([key, value]) => JSON.stringify(found.get(key)) !== JSON.stringify(value));
}
