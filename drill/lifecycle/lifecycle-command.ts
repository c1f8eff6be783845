import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../src/adapters/postgres';
import { startLocalParts } from '../../src/local/local-parts';
import { migrate } from '../../src/migrate';
import { createOrm } from '../../src/orm';
import { type LifecycleOptions, playLifecycles, printMatrix } from './lifecycle-drill';

/** Plays random lives on a database of its own, prints the matrix, and answers what was played. */
export async function lifecycleCommand(args: readonly string[], print: (line: string) => void) {
  const options = readOptions(args);
  const started = Date.now();
  print(`lifecycle: ${options.sequences} sequences, --seed ${options.seed}`);
  const { matrix, ...result } = await onOwnDatabase(options, print).catch((error: unknown) => {
    // What the two disagree about stands in the cause; the message has the sequence.
    if (error instanceof Error && error.cause instanceof Error) print(error.cause.message);
    throw error;
  });
  print(printMatrix(matrix));
  const seconds = Math.round((Date.now() - started) / 1_000);
  if (result.missed.length > 0) throw new Error(`never met: ${result.missed.join(', ')}`);
  return { drill: 'lifecycle', ok: true, seed: options.seed, ...result, pairs: matrix.size, seconds };
}

function readOptions(args: readonly string[]): LifecycleOptions {
  const words = { sequences: { type: 'string', default: '500' }, seed: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...args], options: words });
  const [sequences, seed] = [Number(values.sequences), Number(values.seed ?? Date.now() % 2 ** 31)];
  if (!Number.isInteger(sequences) || sequences < 1 || !Number.isInteger(seed))
    throw new Error('--sequences and --seed: whole numbers expected');
  return { sequences, seed, shrinks: true };
}

async function onOwnDatabase(options: LifecycleOptions, print: (line: string) => void) {
  const dir = mkdtempSync(join(tmpdir(), 'campaign-lifecycle-'));
  const servers = await startLocalParts({ dir, durable: false, print });
  const open = (role: 'campaign_app' | 'campaign_dispatcher') =>
    openDatabase({ url: servers.databaseUrl, role, applicationName: 'drill', poolSize: 4 });
  try {
    await migrate(servers.databaseUrl);
    const [database, ledger] = [open('campaign_app'), open('campaign_dispatcher')];
    const orm = await createOrm({ url: servers.databaseUrl, applicationName: 'drill', poolSize: 4 });
    const messageIds = { encode: () => 'msg_x', decode: () => undefined };
    const result = await playLifecycles({ parts: { database, entityManager: orm.em, messageIds }, ledger }, options);
    await Promise.all([orm.close(), database.close(), ledger.close()]);
    return result;
  } finally {
    await servers.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
