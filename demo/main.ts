import { writeFileSync } from 'node:fs';
import { systemClock } from '../src/shared/clock';
import { Stack } from '../src/shared/lifecycle';
import { lastWords } from '../src/shared/operator-mistake';
import { changeSettings, followDeliveries, followSending, startCampaign } from './campaign-run';
import { fillDirectory } from './directory';
import { customers, outcomes } from './experiment';
import { createGraphClient, type GraphClient } from './graph-client';
import { demoToken, invitation } from './invitation';
import { type DemoOptions, EVERYBODY, parseOptions } from './options';
import { tellOutcomes } from './outcome-wait';
import { type DemoResult, readResult } from './result';
import { resultTable } from './result-table';
import { type DemoService, startService } from './service';

/** Sends a real experiment to its 64,000 people, and prints what came of it. */
async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const broken = Promise.withResolvers<never>();
  const stopAsked = signalled();
  const stack = new Stack();
  // Asked to stop in the middle: what is under way fails by itself once its parts are gone, and nobody minds.
  const ended = run(options, stack, broken.reject).then(() => 'run' as const);
  try {
    const first = await Promise.race([ended, stopAsked, broken.promise]);
    if (first === 'run' && !options.once) await Promise.race([stopAsked, broken.promise]);
  } finally {
    await stack.stop();
  }
}

async function run(options: DemoOptions, stack: Stack, fail: (error: Error) => void): Promise<void> {
  const at = systemClock().toISOString().slice(0, 19);
  const runName = at.replaceAll(/[-:]/g, '');
  const service = await startService({ stack, runName, outcomes: outcomes(options), fail });
  // A smaller experiment has a directory of its own: its segment is everybody in it.
  const organizationId = options.people === EVERYBODY ? 'org_demo' : `org_demo_${options.people}`;
  const admin = await demoToken(organizationId, 'admin', service.config.jwtSecret);
  const client = createGraphClient(service.graphUrl, admin);
  stack.add(() => client.close());
  const sent = await send(client, service, { ...options, organizationId, name: `E-mail experiment ${at}` });
  print(sent.result, options);
  const viewer = await demoToken(organizationId, 'viewer', service.config.jwtSecret);
  if (!options.once) process.stdout.write(invitation({ ...service, ...sent, admin, viewer }));
}

interface DemoRun extends DemoOptions {
  readonly organizationId: string;
  readonly name: string;
}

async function send(client: GraphClient, { config, simulator }: DemoService, demo: DemoRun) {
  const { organizationId } = demo;
  say(await changeSettings(client));
  const { databaseUrl } = config;
  const report = await fillDirectory({ databaseUrl, organizationId, contacts: customers(demo) });
  say(`contacts: ${report.created} created, ${report.updated} updated, ${report.unchanged} unchanged`);
  const { campaignId, executionId } = await startCampaign(client, demo.name);
  say(`startCampaign: ${demo.name} (${campaignId})`);
  await followSending(client, executionId, report.accepted);
  await followDeliveries(client, executionId);
  await tellOutcomes(simulator, organizationId);
  return { campaignId, result: await readResult(client, campaignId, executionId) };
}

function print(result: DemoResult, { json }: DemoOptions): void {
  process.stdout.write(`\n${resultTable(result)}\n`);
  if (json) writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function signalled(): Promise<'signal'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('signal'));
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    say(lastWords(error));
    process.exit(1);
  },
);
