import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** How one process of ours is started. */
export interface WorkerCommand {
  readonly name: string;
  readonly program: string;
  readonly args?: readonly string[];
  /** Of Node itself, such as limits of the heap. */
  readonly nodeFlags?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly logFile: string;
}

const RESTART_MS = 300;

/** A process that is killed and started again at will; one that ends by itself is started again and counted. */
export class Worker {
  /** Ended without having been asked to, after it had been ready. */
  unexpectedExits = 0;
  #child: ChildProcess | undefined;
  #ready: Promise<void> = Promise.resolve();
  #isReady = false;
  #wanted = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(readonly command: WorkerCommand) {}

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Starts it and resolves when it says that it is ready; with `environment` on top of its own. */
  start(environment: NodeJS.ProcessEnv = {}): Promise<void> {
    this.#wanted = true;
    const child = spawnWorker(this.command, environment);
    this.#child = child;
    this.#ready = new Promise((resolve) => child.once('message', () => resolve()));
    void this.#ready.then(() => {
      this.#isReady = this.#child === child;
    });
    child.once('exit', () => this.#ended(child));
    return this.#ready;
  }

  /** Dies at once: no handler runs, no connection says goodbye. */
  kill9(): Promise<void> {
    return this.#end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** Resolves with the signal when the process ends, and leaves it ended. */
  death(): Promise<NodeJS.Signals | null> {
    this.#wanted = false;
    const child = this.#child;
    return new Promise((resolve) => {
      if (!child) resolve(null);
      child?.once('exit', (_code, signal) => resolve(signal));
    });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    this.#wanted = false;
    this.#isReady = false;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const patience = setTimeout(() => child.kill('SIGKILL'), 12_000);
    await ended;
    clearTimeout(patience);
  }

  #ended(child: ChildProcess): void {
    if (this.#child !== child) return;
    const wasReady = this.#isReady;
    this.#isReady = false;
    if (!this.#wanted) return;
    if (wasReady) this.unexpectedExits += 1;
    // Not ready yet, it may have met a database that was being killed: its supervisor starts it again.
    this.#timer = setTimeout(() => void this.start(), RESTART_MS);
  }
}

function spawnWorker(
  { program, args = [], nodeFlags = [], logFile, ...command }: WorkerCommand,
  more: NodeJS.ProcessEnv,
): ChildProcess {
  const log = openSync(logFile, 'a');
  try {
    return fork(program, [...args], {
      execArgv: [...process.execArgv, ...nodeFlags],
      env: { ...process.env, ...command.environment, ...more },
      stdio: ['ignore', log, log, 'ipc'],
    });
  } finally {
    closeSync(log);
  }
}
