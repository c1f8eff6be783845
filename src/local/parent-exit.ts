import type { RunningPart } from './part-process';

interface Group {
  parts: readonly RunningPart[];
  stop: () => Promise<void>;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const running = new Set<Group>();
let listening = false;

/**
 * The parts end with this process, however it ends. A signal stops them in order, unless the program listens for it
 * itself and so stops them on its own; an exit or an exception only has time to signal them.
 * A `kill -9` of this process is noticed by their watchers.
 * Returns what forgets them again.
 */
export function endWithParent(parts: readonly RunningPart[], stop: () => Promise<void>): () => void {
  const group = { parts, stop };
  running.add(group);
  listen();
  return () => void running.delete(group);
}

function listen(): void {
  if (listening) return;
  listening = true;
  process.on('exit', () => {
    for (const { parts } of running) for (const part of parts) part.signalNow();
  });
  for (const signal of signals) process.on(signal, onSignal);
}

function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  void Promise.allSettled([...running].map(({ stop }) => stop())).then(() => {
    process.off(signal, onSignal);
    process.kill(process.pid, signal);
  });
}
