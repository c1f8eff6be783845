import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The pids below a process, deepest last; empty when it is gone. */
export function descendants(pid: number): number[] {
  const children = childrenOf(pid);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** The command line of a living process, or undefined. */
export function commandLine(pid: number): string | undefined {
  return attempt(() =>
    process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }),
  );
}

/** When it started: with the pid it tells one process from a later one of the same number. */
export function startMark(pid: number): string | undefined {
  return attempt(() =>
    process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19]
      : execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim(),
  );
}

function childrenOf(pid: number): number[] {
  const listed = attempt(() =>
    process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      : execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }),
  );
  return (listed ?? '').split(/\s+/).filter(Boolean).map(Number);
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
