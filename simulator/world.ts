import type { Outcome } from './events';
import { createJudge } from './judge';
import type { SimulatorOptions } from './options';
import { Outcomes } from './outcomes';
import { Provider, type Receipt, toReceipt } from './provider';
import { listen } from './server';
import { openTellers, type Tellers } from './tellers';
import { readWorldLog, WorldLog } from './world-log';

export interface World {
  readonly port: number;
  stop(): Promise<void>;
}

/** Everything outside the service: the provider, its receipts, and what people do. Remembers its earlier lives. */
export async function startWorld(options: SimulatorOptions): Promise<World> {
  const tellers = options.nats ? await openTellers(options.nats, options.log) : undefined;
  const log = new WorldLog(options.log);
  const provider = new Provider({
    log,
    judge: createJudge(options.temper),
    clock: Date.now,
    onAccepted: (receipts) => options.receipts && tellers?.receipts.add(receipts),
  });
  const outcomes = new Outcomes({
    directory: options.log,
    file: options.outcomes,
    clock: Date.now,
    onOutcomes: keeping(tellers),
  });
  await recall(provider, options, tellers);
  await outcomes.resume();
  tellers?.receipts.start();
  tellers?.outcomes.start();
  const stats = () => statsOf(provider, outcomes, tellers);
  const server = await listen({ provider, outcomes, stats, latency: options.latency }, options.port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async stop() {
      server.closeAllConnections();
      server.close();
      await tellers?.stop();
      log.close();
    },
  };
}

// A told-again outcome that was acknowledged in an earlier life is left out: ids count from the first.
function keeping(tellers: Tellers | undefined): (outcomes: readonly Outcome[]) => void {
  let skip = tellers?.outcomes.acknowledged ?? 0;
  return (outcomes) => {
    tellers?.outcomes.add(outcomes.slice(skip));
    skip = Math.max(0, skip - outcomes.length);
  };
}

async function recall(provider: Provider, options: SimulatorOptions, tellers: Tellers | undefined): Promise<void> {
  let skip = tellers?.receipts.acknowledged ?? 0;
  const receipts: Receipt[] = [];
  for await (const row of readWorldLog(options.log)) {
    provider.recall(row);
    if (row.verdict !== 'accepted' || skip-- > 0) continue;
    receipts.push(toReceipt(row));
  }
  if (options.receipts) tellers?.receipts.add(receipts);
}

function statsOf(provider: Provider, outcomes: Outcomes, tellers: Tellers | undefined) {
  return {
    ...provider.counts,
    receiptsAcknowledged: tellers?.receipts.acknowledged ?? 0,
    receiptsUnacknowledged: tellers?.receipts.unacknowledged ?? 0,
    outcomesStarted: outcomes.started,
    outcomes: outcomes.told,
    outcomesAcknowledged: tellers?.outcomes.acknowledged ?? 0,
    outcomesUnacknowledged: tellers?.outcomes.unacknowledged ?? 0,
    memoryMb: Math.round(process.memoryUsage.rss() / 1_048_576),
    cpuMs: Math.round((process.cpuUsage().user + process.cpuUsage().system) / 1_000),
  };
}
