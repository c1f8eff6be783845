import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startLocalParts } from '../../src/local/local-parts';
import { until as named } from '../support/until';

/** A NATS server of one test file, which it may kill and wipe: streams have fixed names, so they are not shared. */
export interface OwnNatsServer {
  readonly url: string;
  /** Killed, its data deleted, started again on the same port: everything it ever held is gone. */
  wipe(): Promise<void>;
  close(): Promise<void>;
}

export async function startOwnNatsServer(): Promise<OwnNatsServer> {
  const dir = mkdtempSync(join(tmpdir(), 'campaign-nats-'));
  const parts = await startLocalParts({ dir, durable: false, parts: ['nats'], print: () => {} });
  return {
    url: parts.natsUrl,
    wipe: async () => {
      await parts.nats.wipe();
      await parts.nats.restart();
    },
    close: async () => {
      await parts.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Waits for a condition, never for a time. */
export const until = async (holds: () => Promise<boolean> | boolean, withinMs = 20_000): Promise<void> => {
  await named(holds.toString(), holds, withinMs);
};

export const quietLog = pino({ level: process.env.TEST_LOG ?? 'silent' });
