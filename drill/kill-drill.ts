import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DrillCampaign } from './campaigns';
import { awaitEnding } from './ending';
import { judgeRun } from './judge-run';
import type { DrillOptions } from './options';
import type { Outsider } from './outside';
import { seededRandom } from './random';
import { openStage, type Stage } from './stage';
import { rage, type StormFigures } from './storm';
import { planStrikes } from './strikes';
import { openWitnesses, witnessesIn } from './witnesses';
import type { Worker } from './worker';

export type DrillResult = Readonly<Record<string, unknown>> & { readonly ok: boolean };

/** One campaign through a storm of kills, and what its witnesses say afterwards. */
export async function killDrill(options: DrillOptions, print: (line: string) => void): Promise<DrillResult> {
  const started = Date.now();
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'campaign-drill-'));
  if (existsSync(join(dir, 'parts'))) throw new Error(`--dir ${dir}: another drill has been here`);
  const { recipients, channels } = options;
  const stage = await openStage({ dir, recipients, channels, durable: true, environment: service, print });
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
  const environment = await openWitnesses(options, stage, outside);
  const random = seededRandom(options.seed);
  const names = ['dispatcher-1', 'dispatcher-2', 'sender-1', 'sender-2'];
  const workers = names.map((name) => stage.worker(name.startsWith('d') ? 'dispatcher' : 'sender', name, environment));
  await Promise.all(workers.map((worker) => worker.start()));
  const campaign = await (options.channels === 'mixed' ? stage.campaigns.startMixed() : stage.campaigns.start());
  print(`campaign ${campaign.campaignId} started, seed ${options.seed}`);
  const strikes = planStrikes(options, random);
  const storm = await rage({ stage, workers, campaign, strikes, random, deadline, print });
  print('the strikes are done, waiting for the end');
  await awaitEnding(options, stage, campaign, deadline);
  return { campaign, storm, unexpectedExits: exitsOf(workers) };
}

const exitsOf = (workers: readonly Worker[]): number =>
  workers.reduce((sum, worker) => sum + worker.unexpectedExits, 0);
