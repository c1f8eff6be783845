import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalParts, startLocalParts } from '../../src/local/local-parts';
import { migrate } from '../../src/migrate';
import { tellWorkers } from './local-servers';

declare global {
  var campaignTestParts: { parts: LocalParts; dir: string } | undefined;
}

/** Real servers, once for all tests; they may forget when the machine dies, which no test lets it do. */
export default async function globalSetup(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'campaign-test-'));
  const parts = await startLocalParts({ dir, durable: false, requireRedis: true });
  globalThis.campaignTestParts = { parts, dir };
  await migrate(parts.databaseUrl);
  const { adminUrl, databaseUrl: templateUrl, natsUrl, redisUrl = '' } = parts;
  tellWorkers({ adminUrl, templateUrl, natsUrl, redisUrl });
}
