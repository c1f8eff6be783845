import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** A file as a stream, unzipped where its name ends with .gz. */
export function openSource(file: string): AsyncIterable<Uint8Array> {
  const source = createReadStream(file);
  if (!file.endsWith('.gz')) return source;
  const unzipped = createGunzip();
  source.on('error', (error) => unzipped.destroy(error));
  return source.pipe(unzipped);
}
