import { type ChildProcess, fork } from 'node:child_process';
import type { RoleName } from './config';
import type { Log } from './log';
import { nodeFlags } from './role-heap';
import type { Running } from './shared/lifecycle';

/** Which roles run as processes of their own, and with which environment. */
export interface SupervisorOptions {
  /** The program that runs one role: our own entry. */
  entry: string;
  roles: readonly RoleName[];
  environment: NodeJS.ProcessEnv;
  /** Port for health and metrics of the first role without the api; each further one takes the next. */
  healthPort?: number;
  log: Log;
  /** A role that never comes up any more: nothing else to do but to end. */
  onHopeless: (role: RoleName) => void;
}

const firstBackoffMs = 200;
const longestBackoffMs = 10_000;
/** Deaths in a row, each before the role was ready. */
const hopelessAfter = 5;
const killAfterMs = 12_000;

/** Runs each role in a child process and starts it again when it dies. Resolves when all are ready. */
export async function supervise(options: SupervisorOptions): Promise<Running> {
  const apart: readonly RoleName[] = options.roles.filter((role) => role !== 'api');
  const children = options.roles.map((role) => new SupervisedRole(role, options, portOf(apart.indexOf(role), options)));
  await Promise.all(children.map((child) => child.ready));
  return {
    stop: async () => {
      await Promise.all(children.map((child) => child.stop()));
    },
  };
}

function portOf(place: number, { healthPort }: SupervisorOptions): number | undefined {
  return place < 0 || healthPort === undefined ? undefined : healthPort + place;
}

class SupervisedRole {
  readonly ready: Promise<void>;
  private child: ChildProcess | undefined;
  private timer: NodeJS.Timeout | undefined;
  private failures = 0;
  private stopping = false;
  private becomeReady: () => void = () => undefined;

  constructor(
    private readonly role: RoleName,
    private readonly options: SupervisorOptions,
    private readonly healthPort: number | undefined,
  ) {
    this.ready = new Promise((resolve) => {
      this.becomeReady = resolve;
    });
    this.start();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    await ended;
    clearTimeout(patience);
  }

  /** In a session of its own: Ctrl-C reaches the supervisor alone, which then stops the roles in order. */
  private start(): void {
    const { healthPort } = this;
    const env = {
      ...this.options.environment,
      ROLES: this.role,
      ...(healthPort !== undefined && { HEALTH_PORT: String(healthPort) }),
    };
    const execArgv = [...process.execArgv, ...nodeFlags[this.role]];
    const child = fork(this.options.entry, { env, execArgv, detached: true });
    this.child = child;
    child.on('message', () => {
      this.failures = 0;
      this.becomeReady();
    });
    child.on('exit', (code, signal) => this.ended(code, signal));
  }

  private ended(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.stopping) return;
    this.failures += 1;
    const { log, onHopeless } = this.options;
    if (this.failures > hopelessAfter) {
      onHopeless(this.role);
      return;
    }
    const waitMs = Math.min(firstBackoffMs * 2 ** (this.failures - 1), longestBackoffMs);
    log.warn({ role: this.role, code, signal, waitMs }, 'a role ended and is started again');
    this.timer = setTimeout(() => this.start(), waitMs);
  }
}
