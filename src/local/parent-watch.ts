import { spawn } from 'node:child_process';
import { serverIdentity } from './data-folder';

/**
 * Waits for the end of its standard input, then ends the process that it was told of: politely, and after five seconds
 * for good. A shell, for it costs a megabyte; it runs as the servers' user and so can hit nobody else's process.
 */
const watcher = `while read -r line; do :; done
kill -s "$1" "$2" || exit 0
for tried in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
  sleep 0.2
  kill -0 "$2" || exit 0
done
kill -s KILL "$2"`;

/**
 * Ends process `pid` when this one is gone, even by a `kill -9` that lets nothing of ours run: the kernel closes our end
 * of a pipe, and a watcher at the other end acts. Returns what calls the watcher off, for when `pid` has ended before.
 */
export function endAfterUs(pid: number, signal: NodeJS.Signals): () => void {
  const args = ['-c', watcher, 'campaign-service-watcher', signal.replace('SIG', ''), String(pid)];
  // In a group of its own: Ctrl-C on the terminal must not take the watcher before us.
  const child = spawn('/bin/sh', args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true, ...serverIdentity() });
  // Without a watcher the record still finds a survivor at the next start.
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  return () => void child.kill('SIGKILL');
}
