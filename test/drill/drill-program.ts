import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';

/** What a drill left behind: its exit code, its verdict, and what it told on the way. */
export interface DrillRun {
  readonly code: number;
  readonly said: Readonly<Record<string, unknown>>;
  readonly printed: string;
}

const program = join(resolve(__dirname, '../..'), 'dist/drill/main.js');

/** Runs a compiled drill as a person would; its last line is its verdict. */
export function runDrill(...args: string[]): Promise<DrillRun> {
  const { PATH, HOME } = process.env;
  return new Promise((done) => {
    const child = execFile(process.execPath, [program, ...args], { env: { PATH, HOME } }, (_error, stdout, stderr) =>
      done({
        code: child.exitCode ?? -1,
        said: JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''),
        printed: stderr,
      }),
    );
  });
}
