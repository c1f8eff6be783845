import { type ChildProcess, fork, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { completeEnvironment } from './main';
import { Stack } from './shared/lifecycle';
import { lastWords } from './shared/operator-mistake';

/**
 * Builds on every save, and starts the service again on every build without errors. Database, NATS and Redis stay up.
 * Node's own `--watch` would not do: it talks to the program over the channels by which our processes and threads talk.
 */
async function main(): Promise<void> {
  const stack = new Stack();
  const stop = async () => {
    await stack.stop();
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());
  const service = new Service(await completeEnvironment(process.env, stack));
  stack.add(() => service.stop());
  const compiler = spawn('tsc', ['-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  stack.add(() => compiler.kill());
  for await (const line of createInterface({ input: compiler.stdout })) {
    process.stdout.write(`${line}\n`);
    if (line.includes('Found 0 errors')) await service.restart();
  }
  await stop();
}

/** The program as `npm start` runs it, in a process that is replaced. */
class Service {
  #child: ChildProcess | undefined;

  constructor(private readonly environment: NodeJS.ProcessEnv) {}

  async restart(): Promise<void> {
    await this.stop();
    this.#child = fork(join(__dirname, 'main.js'), { env: this.environment });
    this.#child.once('exit', (code) => {
      if (code) process.stdout.write('the service ended; it starts again with the next build\n');
    });
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${lastWords(error)}\n`);
  process.exit(1);
});
