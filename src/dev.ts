import { type ChildProcess, spawn } from 'node:child_process';

/** Builds on every save and starts again on every build. */
const watchers: ChildProcess[] = [
  spawn('tsc', ['-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'], { stdio: 'inherit' }),
  spawn(process.execPath, ['--watch', 'dist/src/main.js'], { stdio: 'inherit' }),
];

for (const watcher of watchers) {
  watcher.once('exit', () => {
    for (const other of watchers) other.kill();
  });
}
