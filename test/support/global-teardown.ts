import { rmSync } from 'node:fs';

export default async function globalTeardown(): Promise<void> {
  await globalThis.campaignTestParts?.parts.stop();
  if (globalThis.campaignTestParts) rmSync(globalThis.campaignTestParts.dir, { recursive: true, force: true });
}
