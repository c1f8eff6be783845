import { aaDrill } from './a-a-drill';
import { killDrill } from './kill-drill';
import { lifecycleCommand } from './lifecycle/lifecycle-command';
import { readDrillOptions } from './options';

const usage =
  'usage: npm run drill -- kill [--recipients N] [--kills N] [--transport http|smtp] [--channels email|mixed] [--postgres N] [--wipe N] [--seed S]\n' +
  '       npm run drill -- a-a [--experiments N] [--seed S]\n' +
  '       npm run drill -- lifecycle [--sequences N] [--seed N]';

/** Everything that is told goes to stderr; the last thing, one line of JSON, to stdout. */
async function main(): Promise<void> {
  const [name, ...args] = process.argv.slice(2);
  if (name === 'a-a') return end(aaDrill(args, print));
  if (name === 'lifecycle') return end(await lifecycleCommand(args, print));
  if (name !== 'kill') throw new Error(usage);
  const options = readDrillOptions(args);
  const result = await within(options.minutes + 1, killDrill(options, print));
  if (result.repeats !== undefined)
    print(`${result.repeatedRequests} of ${result.requests} requests repeated ${result.repeats} messages`);
  end(result);
}

function end(result: { readonly ok: boolean }): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exitCode = result.ok ? 0 : 1;
}

const print = (line: string) => void process.stderr.write(`${line}\n`);

/** The run itself stops at its deadline; this one is for a server that does not come back or does not stop. */
async function within<T>(minutes: number, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => {
    process.stdout.write(
      `${JSON.stringify({ drill: 'kill', ok: false, differences: [`not ended in ${minutes} min`] })}\n`,
    );
    process.exit(1);
  }, minutes * 60_000);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

// By an exit, not by the signal: then everything that was started is ended with us.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

main().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
