import { apiBench } from './api';
import { apiDuringSendBench } from './api-during-send';
import { audienceBench } from './audience';
import { auditBench } from './audit';
import { ingestBench } from './ingest';
import { readBenchOptions } from './options';
import { pipelineBench } from './pipeline';
import { remoteBench } from './remote';
import { renderBench } from './render';
import { shapesBench } from './shapes';
import { soakBench } from './soak';
import { subscribersBench } from './subscribers';

const benches = {
  api: apiBench,
  'api-during-send': apiDuringSendBench,
  audience: audienceBench,
  audit: auditBench,
  pipeline: pipelineBench,
  shapes: shapesBench,
  ingest: ingestBench,
  remote: remoteBench,
  render: renderBench,
  soak: soakBench,
  subscribers: subscribersBench,
} as const;
const usage = `usage: npm run bench -- ${Object.keys(benches).join('|')} [--recipients N] [--rendering off|20kb] [--dir DIR]`;

/** What is told on the way goes to stderr; to stdout the table, and last one line of JSON. */
async function main(): Promise<void> {
  const [name = '', ...args] = process.argv.slice(2);
  const bench = Object.entries(benches).find(([known]) => known === name)?.[1];
  if (!bench) throw new Error(usage);
  const { table, figures } = await bench(readBenchOptions(args), print);
  process.stdout.write(`${table.join('\n')}\n${JSON.stringify({ bench: name, ...figures })}\n`);
}

const print = (line: string) => void process.stderr.write(`${line}\n`);

main().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
