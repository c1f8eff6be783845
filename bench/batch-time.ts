import type { Stage } from '../drill/stage';
import { cpuOf, microsPerMessage } from './process-use';
import { countedOf, sendOnPaper, tellDelivered } from './receipts';

/** Receipts in one measurement, and rows of the small execution. */
export const SMALL = 20_000;
const PAIRS = 3;

/** Receipts of the large execution that are kept back for this. */
export const TAIL = SMALL * PAIRS;

/** What 1,000 receipts take in a small and in a large execution; medians. */
export interface BatchTimes {
  readonly smallMs: number;
  readonly largeMs: number;
  /** Of PostgreSQL, core-µs a receipt: what a busy machine does not blur. */
  readonly smallMicros: number;
  readonly largeMicros: number;
  readonly ratio: number;
}

interface Sample {
  readonly ms: number;
  readonly micros: number;
}

export interface BatchTimeStage {
  readonly stage: Stage;
  /** A dispatcher that has warmed up. */
  readonly dispatcher: number;
  readonly minutes: number;
}

/** Small and large by turns in one process: what the machine does meanwhile strikes both. */
export async function measureBatchTimes(on: BatchTimeStage, largeExecNo: number, told: number): Promise<BatchTimes> {
  const small: Sample[] = [];
  const large: Sample[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    small.push(await measure(on, () => sendOnPaper(on.stage, SMALL), 0));
    large.push(await measure(on, async () => largeExecNo, told + pair * SMALL));
  }
  const [smallMs, largeMs] = [median(small, 'ms'), median(large, 'ms')];
  const [smallMicros, largeMicros] = [median(small, 'micros'), median(large, 'micros')];
  return { smallMs, largeMs, smallMicros, largeMicros, ratio: Math.round((largeMs / smallMs) * 100) / 100 };
}

/** The dispatcher rests meanwhile: it would expand the execution that is being written, and the receipts shall all be there. */
async function measure(
  { stage, dispatcher, minutes }: BatchTimeStage,
  execution: () => Promise<number>,
  told: number,
): Promise<Sample> {
  process.kill(dispatcher, 'SIGSTOP');
  const prepare = async () => {
    const execNo = await execution();
    await tellDelivered(stage, execNo, told + 1, told + SMALL);
    return execNo;
  };
  const execNo = await prepare().finally(() => process.kill(dispatcher, 'SIGCONT'));
  const postgres = { postgres: stage.parts.postgres.pid() ?? 0 };
  const [since, cpu] = [performance.now(), cpuOf(postgres)];
  await countedOf(stage, execNo, told + SMALL, minutes);
  const ms = Math.round(((performance.now() - since) / SMALL) * 1_000 * 10) / 10;
  return { ms, micros: microsPerMessage(cpu, cpuOf(postgres), SMALL).postgres ?? 0 };
}

const median = (samples: readonly Sample[], of: keyof Sample): number =>
  samples.map((sample) => sample[of]).sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;
