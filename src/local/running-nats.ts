import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataRoot } from './data-folder';
import { commandLine } from './process-tree';

/** The NATS that another process of ours started on the folder and keeps running; nothing when there is none. */
export function runningNatsUrl(dir: string): string | undefined {
  try {
    const record: { parts?: { nats?: { pid?: number } } } = JSON.parse(
      readFileSync(join(dataRoot(dir), 'running.json'), 'utf8'),
    );
    const port = / -p (\d+)/.exec(commandLine(record.parts?.nats?.pid ?? 0) ?? '')?.[1];
    return port && `nats://127.0.0.1:${port}`;
  } catch {
    return undefined;
  }
}
