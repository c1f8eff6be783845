import type { DrillCampaign } from './campaigns';
import { countEnded, countInFlight } from './ledger-view';
import type { Random } from './random';
import type { Stage } from './stage';
import { type Strike, strike } from './strikes';
import { until } from './until';
import type { Worker } from './worker';

/** What the strikes met. */
export interface StormFigures {
  readonly done: Readonly<Record<Strike['kind'], number>>;
  /** Rows in flight right before each strike. */
  readonly inFlight: number[];
  /** From the end of a strike to the next message that ended, the longest, in seconds. */
  readonly slowestRecovery: number;
}

export interface Storm {
  readonly stage: Stage;
  readonly workers: readonly Worker[];
  readonly campaign: DrillCampaign;
  readonly strikes: readonly Strike[];
  readonly random: Random;
  readonly deadline: number;
  readonly print: (line: string) => void;
}

/** Strikes when their progress is reached, until all are done or the time is up. */
export async function rage(storm: Storm): Promise<StormFigures> {
  const { stage, workers, campaign, strikes, random, print } = storm;
  const done = { kill: 0, postgres: 0, wipe: 0 };
  const inFlight: number[] = [];
  let slowestRecovery = 0;
  let struckAt = 0;
  let endedBefore = -1;
  const look = () => until(storm.deadline, () => countEnded(stage.database, campaign.execNo), 40);
  const progress = async (): Promise<number> => {
    const ended = await countEnded(stage.database, campaign.execNo);
    if (struckAt > 0 && ended > endedBefore) {
      slowestRecovery = Math.max(slowestRecovery, (performance.now() - struckAt) / 1_000);
      struckAt = 0;
    }
    return ended;
  };
  for (const { kind, at } of strikes) {
    const ended = await until(
      storm.deadline,
      async () => {
        const now = await progress();
        return now >= at ? now : undefined;
      },
      40,
    );
    if (ended === undefined) break;
    const found = await until(storm.deadline, () => countInFlight(stage.database, campaign.execNo), 40);
    const victim = await strike(kind, stage, workers, random);
    done[kind] += 1;
    inFlight.push(found ?? 0);
    // Of several strikes in a row the first one's clock goes on.
    if (struckAt === 0) [struckAt, endedBefore] = [performance.now(), (await look()) ?? ended];
    print(`${kind} ${done[kind]}: ${victim} at ${ended} ended, ${found} in flight`);
  }
  await until(Math.min(storm.deadline, Date.now() + 60_000), async () => {
    await progress();
    return struckAt === 0 ? true : undefined;
  });
  return { done, inFlight, slowestRecovery };
}
