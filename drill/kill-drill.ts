import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DrillCampaign } from './campaigns';
import { expectedEvents, isComplete, readRecorded } from './judge-bus';
import { judgeRun } from './judge-run';
import { readCounters, readEnd, readLedger } from './ledger-view';
import type { DrillOptions } from './options';
import { type Outsider, startOutsider } from './outside';
import { programs } from './programs';
import { seededRandom } from './random';
import { drillIds, openStage, type Stage } from './stage';
import { rage, type StormFigures } from './storm';
import { planStrikes } from './strikes';
import { until } from './until';
import type { Worker } from './worker';

/** Where the independent witnesses write. */
export interface Witnesses {
  readonly provider: string;
  readonly mail: string;
  readonly bus: string;
}

export const witnessesIn = (dir: string): Witnesses => ({
  provider: join(dir, 'provider'),
  mail: join(dir, 'mail.tsv'),
  bus: join(dir, 'bus.tsv'),
});

export type DrillResult = Readonly<Record<string, unknown>> & { readonly ok: boolean };

/** One campaign through a storm of kills, and what its witnesses say afterwards. */
export async function killDrill(options: DrillOptions, print: (line: string) => void): Promise<DrillResult> {
  const started = Date.now();
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'campaign-drill-'));
  const stage = await openStage({ dir, recipients: options.recipients, durable: true, environment: service, print });
  const outside: Outsider[] = [];
  try {
    const run = await play(options, stage, outside, started + options.minutes * 60_000, print);
    const result = await judgeRun({ options, stage, witnesses: witnessesIn(dir), ...run });
    return { ...result, seconds: Math.round((Date.now() - started) / 1_000) };
  } finally {
    await stage.close();
    await Promise.all(outside.map((outsider) => outsider.stop()));
    if (!options.dir) rmSync(dir, { recursive: true, force: true });
  }
}

// Small slices and a slow provider: some hundred messages a second, so that kills meet rows in flight.
const service = {
  CHUNK_SIZE: '500',
  EXPAND_BATCH: '5000',
  PROVIDER_BATCH: '50',
  OUTSTANDING_CHUNKS: '32',
};
const PROVIDER_LATENCY_MS = 100;

/** What happened on the stage. */
export interface Run {
  readonly campaign: DrillCampaign;
  readonly storm: StormFigures;
  readonly unexpectedExits: number;
}

async function play(
  options: DrillOptions,
  stage: Stage,
  outside: Outsider[],
  deadline: number,
  print: (line: string) => void,
): Promise<Run> {
  const environment = await openOutside(options, stage, outside);
  const random = seededRandom(options.seed);
  const names = ['dispatcher-1', 'dispatcher-2', 'sender-1', 'sender-2'];
  const workers = names.map((name) => stage.worker(name.startsWith('d') ? 'dispatcher' : 'sender', name, environment));
  await Promise.all(workers.map((worker) => worker.start()));
  const campaign = await stage.campaigns.start();
  print(`campaign ${campaign.campaignId} started, seed ${options.seed}`);
  const strikes = planStrikes(options, random);
  const storm = await rage({ stage, workers, campaign, strikes, random, deadline, print });
  print('the strikes are done, waiting for the end');
  await settled(options, stage, campaign, deadline);
  return { campaign, storm, unexpectedExits: exitsOf(workers) };
}

const exitsOf = (workers: readonly Worker[]): number =>
  workers.reduce((sum, worker) => sum + worker.unexpectedExits, 0);

/** The provider or the mail server, and the recorder; answers how a sender finds the first. */
async function openOutside(options: DrillOptions, stage: Stage, outside: Outsider[]): Promise<NodeJS.ProcessEnv> {
  const { provider, mail, bus } = witnessesIn(stage.dir);
  const open = async (name: string, program: string, args: readonly string[]): Promise<Outsider> => {
    const outsider = await startOutsider(program, args, join(stage.dir, `${name}.log`));
    outside.push(outsider);
    return outsider;
  };
  await open('recorder', programs.recorder, [stage.parts.natsUrl, bus]);
  const seed = ['--seed', options.seed];
  if (options.transport === 'smtp') {
    const { port } = await open('mail-server', programs.mailServer, ['--log', mail, ...seed]);
    return { SMTP_URL: `smtp://127.0.0.1:${port}`, PROVIDER_CONCURRENCY: '8' };
  }
  const temper = ['--refuse', '0.1', '--hang', '0.05', '--latency', String(PROVIDER_LATENCY_MS)];
  const world = ['--nats', stage.parts.natsUrl, '--log', provider, ...temper, ...seed];
  const { port } = await open('provider', programs.simulator, world);
  return { PROVIDER_URL: `http://127.0.0.1:${port}` };
}

/** Completed, every receipt counted, every event heard; or the time is up, and the judge says what is missing. */
async function settled(
  { transport }: DrillOptions,
  stage: Stage,
  campaign: DrillCampaign,
  deadline: number,
): Promise<void> {
  await until(
    deadline,
    async () => {
      const { status, unpublished } = await readEnd(stage.database, campaign.execNo);
      const { sent, delivered } = await readCounters(stage.database, campaign.execNo);
      return status === 'completed' && unpublished === 0 && (transport === 'smtp' || delivered === sent)
        ? true
        : undefined;
    },
    500,
  );
  const expected = expectedEvents(await readLedger(stage.database, drillIds, campaign.execNo));
  const patience = Math.min(deadline, Date.now() + 60_000);
  await until(
    patience,
    async () => {
      const heard = await readRecorded(witnessesIn(stage.dir).bus);
      const { unpublished } = await readEnd(stage.database, campaign.execNo);
      return isComplete(heard, expected) && unpublished === 0 ? true : undefined;
    },
    1_000,
  );
}
