import type { BaseLogger } from 'pino';

export interface WakeableLoop {
  /** Runs the next round at once; one that is running already is followed by another. */
  wake(): void;
  /** Waits for the running round. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  readonly name: string;
  readonly log: BaseLogger;
  /** Pause between rounds when nobody wakes it. */
  readonly idleMs: number;
  /** Tells whether there is more to do at once. A round that throws is tried again after the pause. */
  readonly round: () => Promise<boolean>;
}

/** Rounds one after another, never two at a time. */
export function startLoop({ name, log, idleMs, round }: LoopOptions): WakeableLoop {
  let stopped = false;
  let woken = false;
  let rouse: () => void = () => {};

  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, idleMs);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const attempt = async (): Promise<boolean> => {
    try {
      return await round();
    } catch (error) {
      log.warn({ err: error, loop: name }, 'round failed, trying again');
      woken = false;
      return false;
    }
  };

  const run = async () => {
    while (!stopped) {
      woken = false;
      const more = await attempt();
      if (!more && !woken && !stopped) await rest();
    }
  };
  const running = run();

  return {
    wake: () => {
      woken = true;
      rouse();
    },
    stop: async () => {
      stopped = true;
      rouse();
      await running;
    },
  };
}
