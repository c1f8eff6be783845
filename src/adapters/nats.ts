import { type ConnectionOptions, connect, type NatsConnection } from '@nats-io/transport-node';
import type { BaseLogger } from 'pino';
import { type Puller, startConsumption } from './nats-consume';
import type { BusMessage, ConsumeOptions, Consumption } from './nats-message';
import { BulkPublisher, type OutgoingBusMessage } from './nats-publish';
import { StreamKeeper, type StreamName } from './nats-streams';

export type { BusMessage, ConsumeOptions, Consumption } from './nats-message';
export { type OutgoingBusMessage, PublishError } from './nats-publish';
export type { StreamName } from './nats-streams';

export interface BusOptions {
  readonly url: string;
  readonly name: string;
  readonly log: BaseLogger;
}

export interface CoreSubscription {
  stop(): void;
}

/** Transport between the parts: at least once through streams, at most once through core subjects. */
export interface Bus {
  /** Fire and forget; lost when nobody listens or the server is away. */
  publishCore(subject: string, data?: Uint8Array | string): void;
  /** A handler must not throw: nothing would retry it. */
  subscribeCore(subject: string, handler: (data: Uint8Array, subject: string) => void): CoreSubscription;
  /** Resolves when JetStream has acknowledged every message; throws `PublishError` with the ones it has not. */
  publishBatch(messages: readonly OutgoingBusMessage[]): Promise<void>;
  /** Declares every stream; idempotent, repeated by itself after a wiped server. */
  ensureStreams(): Promise<void>;
  /** Changes exactly when the stream has lost everything it held. */
  streamCreated(name: StreamName): Promise<Date>;
  /** How long the stream keeps its messages. */
  streamMaxAgeMs(name: StreamName): number;
  /** Batches to the handler; acknowledged when it returns, offered again after a delay when it throws. */
  consume(options: ConsumeOptions, handler: (messages: BusMessage[]) => Promise<void>): Promise<Consumption>;
  isConnected(): boolean;
  /** Stops every consumption first. */
  close(): Promise<void>;
}

/** Connects and then stays connected: outages end by themselves, with jitter so that a fleet does not return at once. */
export async function openBus({ url, name, log }: BusOptions): Promise<Bus> {
  const connection = await connect(connectionOptions(url, name));
  const streams = new StreamKeeper(connection, log);
  const publisher = new BulkPublisher(connection, streams);
  const consumptions = new Set<Puller>();
  let connected = true;
  void watch(connection, {
    disconnect: () => {
      connected = false;
      publisher.disconnected();
      for (const consumption of consumptions) consumption.disconnected();
      log.warn({ server: name }, 'bus disconnected');
    },
    reconnect: () => {
      connected = true;
      publisher.reconnected();
      log.info({ server: name }, 'bus reconnected');
      // The server may have come back empty.
      streams.ensure().catch((error: unknown) => log.warn({ err: error }, 'streams not declared yet'));
      for (const consumption of consumptions) consumption.reconnected();
    },
  });

  return {
    publishCore: (subject, data) => {
      if (!connection.isClosed()) connection.publish(subject, data);
    },
    subscribeCore: (subject, handler) => {
      const subscription = connection.subscribe(subject, {
        callback: (error, message) => {
          if (!error) handler(message.data, message.subject);
        },
      });
      return { stop: () => subscription.unsubscribe() };
    },
    publishBatch: (messages) => publisher.publish(messages),
    ensureStreams: () => streams.ensure(),
    streamCreated: (stream) => streams.created(stream),
    streamMaxAgeMs: (stream) => streams.maxAgeMs(stream),
    consume: async (options, handler) => {
      const consumption = await startConsumption({ connection, streams, log, options, handler });
      consumptions.add(consumption);
      return {
        stop: async () => {
          consumptions.delete(consumption);
          await consumption.stop();
        },
      };
    },
    isConnected: () => connected && !connection.isClosed(),
    close: async () => {
      await Promise.all([...consumptions].map((consumption) => consumption.stop()));
      publisher.close();
      await connection.close();
    },
  };
}

function connectionOptions(url: string, name: string): ConnectionOptions {
  const servers = url.split(',').map((server) => server.trim());
  const first = new URL(servers[0] ?? url);
  return {
    servers: servers.map((server) => new URL(server).host),
    name,
    ...(first.username && first.password
      ? { user: decodeURIComponent(first.username), pass: decodeURIComponent(first.password) }
      : first.username
        ? { token: decodeURIComponent(first.username) }
        : {}),
    maxReconnectAttempts: -1,
    waitOnFirstConnect: true,
    reconnectTimeWait: 200,
    reconnectJitter: 300,
    pingInterval: 5_000,
    maxPingOut: 2,
    timeout: 5_000,
  };
}

async function watch(connection: NatsConnection, on: Record<'disconnect' | 'reconnect', () => void>): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type === 'disconnect' || status.type === 'reconnect') on[status.type]();
  }
}
