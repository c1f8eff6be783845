import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DrillCampaign } from '../../drill/campaigns';
import { judgeProvider, type ProviderFigures } from '../../drill/judge-provider';
import { Judgement } from '../../drill/judgement';
import { type LedgerRow, readCounters, readEnd, readLedger } from '../../drill/ledger-view';
import { type Outsider, startOutsider } from '../../drill/outside';
import type { DrillChannels } from '../../drill/people';
import { programs } from '../../drill/programs';
import { drillIds, openStage, type Stage } from '../../drill/stage';
import type { WorldRow } from '../../simulator/world-log';
import { readWorldLog } from '../../simulator/world-log';
import { findDifferences } from '../../src/operations/check-invariants';
import { until } from '../support/until';

/** Servers, a directory and a provider of a test's own, on which processes may be killed. */
export interface DrillStage extends Stage {
  /** What a sender needs to find the provider. */
  readonly provider: NodeJS.ProcessEnv;
  /** Waits for the end and its receipts. */
  verdict(campaign: DrillCampaign, end?: 'completed' | 'cancelled'): Promise<Verdict>;
  /** What the provider has written down of a campaign. */
  requests(campaign: DrillCampaign): Promise<AsyncIterable<WorldRow>>;
}

/** Everything that is wrong, what the provider saw of the campaign, and its rows. */
export interface Verdict {
  readonly differences: readonly string[];
  readonly figures: ProviderFigures;
  readonly ledger: readonly LedgerRow[];
}

/** A lease of a second: what a dead process held is free soon. */
const environment = { LEASE_MS: '1000', CHUNK_SIZE: '200', PROVIDER_BATCH: '20', RETRY_BACKOFF_MS: '50' };

export interface DrillStageOptions {
  readonly recipients: number;
  /** Absent: e-mail. */
  readonly channels?: DrillChannels;
  /** Milliseconds that the provider thinks. */
  readonly latencyMs?: number;
  /** Share of requests that it takes in and never answers. */
  readonly hang?: number;
  /** A must where PostgreSQL itself is killed: without synchronous commit it may lose what it acknowledged. */
  readonly durable?: boolean;
  /** Settings of the service beside those that make a drill short. */
  readonly settings?: NodeJS.ProcessEnv;
}

/** Opens the stage, with a provider that refuses a tenth. */
export async function openDrillStage(options: DrillStageOptions): Promise<DrillStage> {
  const { recipients, channels = 'email', latencyMs = 0, hang = 0, durable = false, settings } = options;
  const dir = mkdtempSync(join(tmpdir(), 'campaign-stage-'));
  const print = () => undefined;
  const stage = await openStage({
    dir,
    recipients,
    channels,
    durable,
    environment: { ...environment, ...settings },
    print,
  });
  const log = join(dir, 'provider');
  const temper = ['--refuse', '0.1', '--hang', String(hang), '--latency', String(latencyMs)];
  const world = ['--nats', stage.parts.natsUrl, '--log', log, ...temper];
  const outsider: Outsider = await startOutsider(programs.simulator, world, join(dir, 'provider.log'));
  return {
    ...stage,
    provider: { PROVIDER_URL: `http://127.0.0.1:${outsider.port}` },
    verdict: (campaign, end = 'completed') => verdict(stage, log, campaign, end),
    requests: async ({ execNo }) => only(readWorldLog(log), await readLedger(stage.database, drillIds, execNo)),
    close: async () => {
      await stage.close();
      await outsider.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function verdict(stage: Stage, log: string, { execNo }: DrillCampaign, end: string): Promise<Verdict> {
  await until(
    'the end of the execution and its receipts',
    async () => {
      const { status, unpublished } = await readEnd(stage.database, execNo);
      const { sent, delivered, queued, inFlight } = await readCounters(stage.database, execNo);
      return status === end && queued + inFlight + unpublished === 0 && delivered === sent;
    },
    60_000,
  );
  const ledger = await readLedger(stage.database, drillIds, execNo);
  const judgement = new Judgement();
  const figures = await judgeProvider(only(readWorldLog(log), ledger), ledger, judgement);
  return {
    differences: [...judgement.differences, ...(await findDifferences(stage.database, execNo))],
    figures,
    ledger,
  };
}

/** Rows of one campaign: the provider serves all of a test file. */
async function* only(rows: AsyncIterable<WorldRow>, ledger: readonly LedgerRow[]): AsyncGenerator<WorldRow> {
  const own = new Set(ledger.map((row) => row.messageId));
  for await (const row of rows) if (own.has(row.key.slice(0, row.key.lastIndexOf(':')))) yield row;
}
