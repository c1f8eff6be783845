import { readFileSync } from 'node:fs';
import { descendants } from '../src/local/process-tree';

/** Processes under measurement: by name, the process whose family counts. */
export type Measured = Readonly<Record<string, number>>;

/** CPU seconds by name since the processes began. */
export type CpuSeconds = Readonly<Record<string, number>>;

/** The kernel counts in hundredths on every Linux that Node runs on. */
const TICKS = 100;

/** CPU of each family so far: what lives, and children that have ended and were waited for. */
export function cpuOf(measured: Measured): CpuSeconds {
  return byName(measured, (pid) => [pid, ...descendants(pid)].reduce((sum, each) => sum + cpuSeconds(each), 0));
}

/** Most memory that each process ever held, in MB; of PostgreSQL the postmaster alone, for its children share theirs. */
export const peakMemoryOf = (measured: Measured): Readonly<Record<string, number>> =>
  byName(measured, (pid) => Math.round(Number(/VmHWM:\s+(\d+)/.exec(read(pid, 'status'))?.[1] ?? 0) / 1_024));

/** What was used between two looks, in microseconds a message. */
export const microsPerMessage = (before: CpuSeconds, after: CpuSeconds, messages: number): CpuSeconds =>
  Object.fromEntries(
    Object.entries(after).map(([name, used]) => [
      name,
      Math.round((((used - (before[name] ?? 0)) * 1e6) / messages) * 10) / 10,
    ]),
  );

function cpuSeconds(pid: number): number {
  const fields = read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
  // utime, stime, and those of ended children.
  return [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field] ?? 0), 0) / TICKS;
}

const byName = (measured: Measured, value: (pid: number) => number) =>
  Object.fromEntries(Object.entries(measured).map(([name, pid]) => [name, value(pid)]));

function read(pid: number, file: 'stat' | 'status'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
