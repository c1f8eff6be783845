import { appendFileSync } from 'node:fs';
import pino from 'pino';
import { openBus } from '../src/adapters/nats';

interface Heard {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly messageId?: string };
}

/** Writes down every event of ours that the bus carries: an independent listener with a consumer of its own. */
async function main(): Promise<void> {
  const [url = '', file = ''] = process.argv.slice(2);
  const bus = await openBus({ url, name: 'drill recorder', log: pino({ level: 'warn' }, pino.destination(2)) });
  // On disk before it is acknowledged: what a wiped server had delivered stays written, what it had not comes again.
  await bus.consume({ stream: 'CAMPAIGN', durable: 'drill-recorder' }, async (messages) => {
    appendFileSync(file, messages.map((message) => lineOf(JSON.parse(message.text()))).join(''));
  });
  process.stdout.write(`${JSON.stringify({ port: 0 })}\n`);
  process.once('SIGTERM', () => void bus.close().then(() => process.exit(0)));
  process.once('disconnect', () => process.exit(1));
}

const lineOf = ({ id, type, data }: Heard): string => `${type}\t${id}\t${data.messageId ?? ''}\n`;

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
