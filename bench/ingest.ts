import type { Stage } from '../drill/stage';
import { describeBaseline, meanRate, measureBaseline } from './baseline';
import { type BatchTimes, measureBatchTimes, SMALL, TAIL } from './batch-time';
import { machineLoad, openGround } from './ground';
import type { BenchOptions, BenchResult } from './options';
import { cpuOf, type Measured, microsPerMessage, peakMemoryOf } from './process-use';
import { countedOf, sendOnPaper, tellDelivered } from './receipts';

/** Receipts that wait in the stream already: how fast they are counted, against the baseline on two connections. */
export async function ingestBench(options: BenchOptions, print: (line: string) => void): Promise<BenchResult> {
  const ground = await openGround(options, 1, print);
  try {
    const { stage } = ground;
    // The last ones are told later, by turns with those of small executions.
    const waiting = options.recipients > 2 * TAIL ? options.recipients - TAIL : options.recipients;
    const execNo = await sendOnPaper(stage, options.recipients);
    await tellDelivered(stage, execNo, 1, waiting);
    print(`${waiting} receipts wait`);
    const baseline = () => measureBaseline(stage.parts.databaseUrl, options.baselineRows, 2);
    const before = await baseline();
    const load = machineLoad();
    const run = await measureIngest(stage, execNo, waiting, options.minutes);
    const after = await baseline();
    const batches =
      waiting < options.recipients
        ? await measureBatchTimes({ stage, dispatcher: run.dispatcher, minutes: options.minutes }, execNo, waiting)
        : undefined;
    const ratio = run.rate / meanRate([before, after]);
    return {
      table: [
        ...describeBaseline([before, after]),
        `${waiting.toLocaleString('en')} receipts: ${Math.round(run.rate).toLocaleString('en')} a second`,
        `ratio to the baseline: ${ratio.toFixed(3)} (figure: 0.6)`,
        `CPU, core-µs a receipt: ${JSON.stringify(run.micros)}; peak memory, MB: ${JSON.stringify(run.memory)}`,
        ...(batches ? [describe(batches, options.recipients)] : []),
        `load of the machine: ${load} before, ${machineLoad()} after`,
      ],
      figures: {
        recipients: options.recipients,
        receiptsPerSecond: Math.round(run.rate),
        baselineRowsPerSecond: [before, after].map((one) => Math.round(one.rowsPerSecond)),
        ratio: Math.round(ratio * 1_000) / 1_000,
        cpuMicrosPerMessage: run.micros,
        peakMemoryMb: run.memory,
        batches,
        load,
      },
    };
  } finally {
    await ground.close();
  }
}

const describe = ({ smallMs, largeMs, smallMicros, largeMicros, ratio }: BatchTimes, rows: number): string =>
  `1,000 receipts: ${smallMs} ms (${smallMicros} core-µs each of PostgreSQL) in an execution of ${SMALL.toLocaleString('en')}, ` +
  `${largeMs} ms (${largeMicros}) in one of ${rows.toLocaleString('en')}: ${ratio} times (figure: 1.5)`;

interface Run {
  readonly dispatcher: number;
  readonly rate: number;
  readonly micros: Readonly<Record<string, number>>;
  readonly memory: Readonly<Record<string, number>>;
}

/** From the first look that finds some counted: the start of a process is not part of it. */
async function measureIngest(stage: Stage, execNo: number, expected: number, minutes: number): Promise<Run> {
  const dispatcher = stage.worker('dispatcher', 'dispatcher', {});
  await dispatcher.start();
  const measured: Measured = {
    postgres: stage.parts.postgres.pid() ?? 0,
    nats: stage.parts.nats.pid() ?? 0,
    dispatcher: dispatcher.pid ?? 0,
  };
  const counted = (least: number) => countedOf(stage, execNo, least, minutes);
  const first = await counted(1);
  const [since, cpu] = [performance.now(), cpuOf(measured)];
  await counted(expected);
  return {
    dispatcher: measured.dispatcher ?? 0,
    rate: (expected - first) / ((performance.now() - since) / 1_000),
    micros: microsPerMessage(cpu, cpuOf(measured), expected - first),
    memory: peakMemoryOf(measured),
  };
}
