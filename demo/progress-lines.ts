import { SingleBar } from 'cli-progress';

/** Shows how far a long step is: a bar on a terminal, a line for each tenth elsewhere. */
export interface ProgressLine {
  update(value: number, total: number, note?: string): void;
  end(): void;
}

/** On stderr, so that the result alone is on stdout. */
export function showProgress(what: string): ProgressLine {
  return process.stderr.isTTY ? bar(what) : lines(what);
}

function bar(what: string): ProgressLine {
  const shown = new SingleBar({
    format: `${what.padEnd(10)} {bar} {value}/{total} {note}`,
    stream: process.stderr,
    hideCursor: true,
  });
  let started = false;
  return {
    update: (value, total, note = '') => {
      if (!started) shown.start(total, value, { note });
      started = true;
      shown.setTotal(total);
      shown.update(value, { note });
    },
    end: () => shown.stop(),
  };
}

function lines(what: string): ProgressLine {
  let tenth = -1;
  return {
    update: (value, total, note = '') => {
      const now = total > 0 ? Math.floor((value * 10) / total) : 0;
      if (now === tenth) return;
      tenth = now;
      process.stderr.write(`${what} ${value}/${total} ${note}\n`);
    },
    end: () => undefined,
  };
}
