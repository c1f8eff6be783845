import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Config } from '../config';

/** Where NATS is and who we are there. */
export type NatsSettings = Pick<Config, 'natsUrl' | 'natsUsername' | 'natsPassword' | 'natsToken'>;

/** Connects, waits for the first connection, and comes back for ever: a wiped or restarted server is daily life. */
export function openNats(settings: NatsSettings, name: string): Promise<NatsConnection> {
  return connect({
    servers: settings.natsUrl.split(',').map((server) => server.trim()),
    name,
    user: settings.natsUsername,
    pass: settings.natsPassword,
    token: settings.natsToken,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    waitOnFirstConnect: true,
  });
}

/** Asks the server for a sign of life; throws when there is none in time. */
export async function pingNats(connection: NatsConnection, timeoutMs: number): Promise<void> {
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error(`NATS did not answer within ${timeoutMs} ms`)), timeoutMs).unref(),
  );
  await Promise.race([connection.flush(), late]);
}

export type { NatsConnection };
