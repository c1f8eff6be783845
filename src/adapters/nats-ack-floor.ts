import { JetStreamApiError, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

export interface StreamEnd {
  /** Another one means another stream of the same name: its numbers begin again. */
  readonly created: string;
  readonly lastSeq: number;
}

/** What a producer asks that must keep its messages until their consumer has acknowledged them. */
export interface AckFloorReader {
  /** Throws while the server is away or the stream is missing. */
  end(stream: string): Promise<StreamEnd>;
  /** All of the stream up to here is acknowledged; 0 while the consumer does not exist. */
  floor(stream: string, durable: string): Promise<number>;
  close(): Promise<void>;
}

const CONSUMER_NOT_FOUND = 10014;

/** A connection of its own: a busy publisher must not delay it. */
export async function openAckFloorReader(url: string): Promise<AckFloorReader> {
  const connection = await connect({
    servers: new URL(url).host,
    name: 'ack-floor',
    maxReconnectAttempts: -1,
    waitOnFirstConnect: true,
    reconnectTimeWait: 200,
  });
  let opened: JetStreamManager | undefined;
  const manager = async () => {
    opened ??= await jetstreamManager(connection);
    return opened;
  };
  return {
    async end(stream) {
      const { created, state } = await (await manager()).streams.info(stream);
      return { created, lastSeq: state.last_seq };
    },
    async floor(stream, durable) {
      const { consumers } = await manager();
      return consumers.info(stream, durable).then(({ ack_floor }) => ack_floor.stream_seq, missingIsZero);
    },
    async close() {
      if (!connection.isClosed()) await connection.close();
    },
  };
}

function missingIsZero(error: unknown): number {
  if (error instanceof JetStreamApiError && error.code === CONSUMER_NOT_FOUND) return 0;
  throw error;
}
