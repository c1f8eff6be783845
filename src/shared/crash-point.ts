/**
 * Named places where a process may be killed on purpose. `CRASH_AT=settle:before` ends the process with SIGKILL
 * there, `CRASH_AT=settle:before@3` at the third passage: no handler runs, exactly as when the machine dies.
 */
export const crashPoints = [
  'start:before-commit',
  'start:after-commit',
  'due:after-commit',
  'rule:before-keeping',
  'test-send:before-commit',
  'test-send:after-commit',
  'status:before-commit',
  'status:after-commit',
  'decide:before-commit',
  'decide:after-commit',
  'remote-list:before-commit',
  'remote-list:before-finish',
  'retry:before-commit',
  'retry:after-commit',
  'expand:before-commit',
  'expand:after-commit',
  'hint:after-publish',
  'claim:before-commit',
  'guard:after-commit',
  'put-off:before',
  'put-off:after-commit',
  'hand-over:before',
  'hand-over:after',
  'settle:before',
  'settle:after-commit',
  'fallback:before-commit',
  'outbox:before-publish',
  'outbox:after-publish',
  'ingest:before-commit',
  'ingest:after-commit',
  'soft-bounce:before-commit',
  'parked:before-commit',
  'parked:after-commit',
  'dead-letter:after-row',
  'dead-letter:after-copy',
  'replay:after-publish',
  'complete:before-commit',
  'login-wait:before-commit',
  'login-end:before-commit',
  'lay-aside:before-commit',
  'cancel-chunk:before-commit',
  'cancel-chunk:after-commit',
  'upkeep:after-partitions',
  'upkeep:after-abandoned',
  'import-stage:before-commit',
  'import-stage:after-commit',
  'import-merge:before-commit',
  'import-merge:after-commit',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

interface Armed {
  readonly point: string;
  left: number;
}

let armed: Armed | undefined;

/** Arms one crash point; settings refuse it in production. */
export function armCrashPoint(setting: string | undefined): void {
  if (!setting) return;
  const [point = '', passage = '1'] = setting.split('@');
  armed = { point, left: Number(passage) };
}

/** Dies here when armed for `point`. */
export function crashPoint(point: CrashPoint): void {
  if (armed?.point !== point) return;
  armed.left -= 1;
  if (armed.left <= 0) process.kill(process.pid, 'SIGKILL');
}
