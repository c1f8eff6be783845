import { parseOptions } from './options';
import { startWorld } from './world';

/** Prints one JSON line with the port when it is ready, and lives until it is told to stop. */
async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const world = await startWorld(options);
  process.stdout.write(`${JSON.stringify({ port: world.port, log: options.log, pid: process.pid })}\n`);
  const stop = () => void world.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Whoever forked this process was killed.
  process.once('disconnect', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`simulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
