import { type Baseline, describeBaseline, meanRate, measureBaseline } from './baseline';
import { sameForAll, twentyKilobytes } from './emails';
import { type Ground, machineLoad, openGround } from './ground';
import type { BenchOptions, BenchResult } from './options';
import { cpuOf, type Measured, microsPerMessage, peakMemoryOf } from './process-use';
import { allCounted } from './run-watch';
import { dearestStatements, forgetStatements, updatesInPlace } from './statements';

/** What one run took. */
interface Run {
  readonly seconds: number;
  readonly memory: Readonly<Record<string, number>>;
  readonly micros: Readonly<Record<string, number>>;
}

/** From the start of a campaign to its last delivery counted and its last event out, against the baseline. */
export async function pipelineBench(options: BenchOptions, print: (line: string) => void): Promise<BenchResult> {
  const ground = await openGround(options, options.recipients, print);
  try {
    const baseline = () => measureBaseline(ground.stage.parts.databaseUrl, options.baselineRows, 1);
    const before = await baseline();
    const load = machineLoad();
    const run = await runOnce(ground, options);
    const after = await baseline();
    return report(options, run, [before, after], `${load} before, ${machineLoad()} after`);
  } finally {
    await ground.close();
  }
}

async function runOnce(ground: Ground, options: BenchOptions): Promise<Run> {
  const { stage, startService } = ground;
  const measured: Measured = await startService();
  if (options.profile) await forgetStatements(stage.parts.adminUrl);
  const cpu = cpuOf(measured);
  const started = performance.now();
  const { execNo } = await stage.campaigns.start(options.rendering === 'off' ? sameForAll : twentyKilobytes);
  await allCounted(stage.database, [execNo], options.recipients, options.minutes);
  const seconds = (performance.now() - started) / 1_000;
  const micros = microsPerMessage(cpu, cpuOf(measured), options.recipients);
  if (options.profile) for (const line of await whereTimeWent(stage)) process.stderr.write(`${line}\n`);
  return { seconds, memory: peakMemoryOf(measured), micros };
}

const whereTimeWent = async ({ parts, database }: Ground['stage']): Promise<string[]> => [
  ...(await dearestStatements(parts.adminUrl)),
  await updatesInPlace(database),
];

function report(options: BenchOptions, run: Run, baselines: readonly Baseline[], load: string): BenchResult {
  const rate = options.recipients / run.seconds;
  const ratio = rate / meanRate(baselines);
  const each = (values: Readonly<Record<string, number>>) =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  return {
    table: [
      ...describeBaseline(baselines),
      `recipients ${options.recipients.toLocaleString('en')}, rendering ${options.rendering}, one event out and one receipt in each`,
      `start to counted delivery: ${run.seconds.toFixed(1)} s, ${Math.round(rate).toLocaleString('en')} messages/s, ` +
        `${Math.round(rate * 60).toLocaleString('en')} a minute`,
      `ratio to the baseline: ${ratio.toFixed(3)} (figure: ${options.rendering === 'off' ? 0.12 : 0.05})`,
      `peak memory, MB: ${each(run.memory)}`,
      `CPU, core-µs a message: ${each(run.micros)}`,
      `load of the machine: ${load}`,
    ],
    figures: {
      recipients: options.recipients,
      rendering: options.rendering,
      seconds: Math.round(run.seconds * 100) / 100,
      messagesPerMinute: Math.round(rate * 60),
      baselineRowsPerSecond: baselines.map((one) => Math.round(one.rowsPerSecond)),
      ratio: Math.round(ratio * 1_000) / 1_000,
      peakMemoryMb: run.memory,
      cpuMicrosPerMessage: run.micros,
      load,
    },
  };
}
