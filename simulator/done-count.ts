import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many items, from the first, need not be sent again after a restart. A count that lags sends some twice, no harm. */
export interface DoneCount {
  readonly atStart: number;
  write(count: number): void;
}

export function openDoneCount(directory: string, name: string): DoneCount {
  const path = join(directory, name);
  return {
    atStart: read(path),
    write(count) {
      writeFileSync(`${path}.new`, String(count));
      renameSync(`${path}.new`, path);
    },
  };
}

function read(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8')) || 0;
  } catch {
    return 0;
  }
}
