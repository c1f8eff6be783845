import type { CrashPoint } from '../../src/shared/crash-point';

/** A crash point, and at which passage of it the first process dies. */
export interface CrashCase {
  readonly point: CrashPoint;
  readonly passage: number;
}

const cases = (...points: readonly (readonly [CrashPoint, number])[]): readonly CrashCase[] =>
  points.map(([point, passage]) => ({ point, passage }));

/** Points that any campaign passes from its start to its end. */
export const ofAnyRun = {
  dispatcher: cases(
    ['expand:before-commit', 1],
    ['expand:after-commit', 1],
    ['hint:after-publish', 2],
    ['outbox:before-publish', 3],
    ['outbox:after-publish', 3],
    ['ingest:before-commit', 2],
    ['ingest:after-commit', 2],
    ['complete:before-commit', 1],
  ),
  sender: cases(
    ['guard:after-commit', 3],
    ['hand-over:before', 5],
    ['hand-over:after', 5],
    ['settle:before', 4],
    ['settle:after-commit', 4],
  ),
} as const;

/** Points of a dispatcher, and of a sender that claims who waited for a variant, that need an occasion of their own. */
export const ofOccasions = {
  due: cases(['start:before-commit', 1], ['due:after-commit', 1]),
  ruled: cases(['rule:before-keeping', 1]),
  again: cases(['expand:before-commit', 1]),
  cancelled: cases(['cancel-chunk:before-commit', 2], ['cancel-chunk:after-commit', 1]),
  bounced: cases(['soft-bounce:before-commit', 1]),
  parked: cases(['parked:before-commit', 1], ['parked:after-commit', 1]),
  unreadable: cases(['dead-letter:after-row', 1], ['dead-letter:after-copy', 1]),
  decided: cases(['decide:before-commit', 1], ['decide:after-commit', 1]),
  claimed: cases(['claim:before-commit', 1], ['hand-over:after', 1]),
  shut: cases(['put-off:before', 1], ['put-off:after-commit', 1]),
  waiting: cases(['lay-aside:before-commit', 1]),
  loggedIn: cases(['ingest:before-commit', 1], ['ingest:after-commit', 1]),
  present: cases(['login-wait:before-commit', 1]),
  tooLate: cases(['login-end:before-commit', 1]),
  upkeep: cases(['upkeep:after-partitions', 1], ['upkeep:after-abandoned', 1]),
} as const;

/** Points of a sender where a person has more channels than one. */
export const ofChannels = {
  refused: cases(['fallback:before-commit', 1]),
} as const;

/** Points of an API process, of the import command, and of a replay. */
export const ofCommands = {
  start: cases(['start:before-commit', 1], ['start:after-commit', 1]),
  remote: cases(['remote-list:before-commit', 1], ['remote-list:before-finish', 1]),
  status: cases(['status:before-commit', 1], ['status:after-commit', 1]),
  test: cases(['test-send:before-commit', 1], ['test-send:after-commit', 1]),
  retry: cases(['retry:before-commit', 1], ['retry:after-commit', 1]),
  import: cases(
    ['import-stage:before-commit', 1],
    ['import-stage:after-commit', 1],
    ['import-merge:before-commit', 2],
    ['import-merge:after-commit', 1],
  ),
  replay: cases(['replay:after-publish', 1]),
} as const;

/** Every point that some case covers. */
export const coveredPoints: ReadonlySet<string> = new Set(
  [ofAnyRun, ofOccasions, ofChannels, ofCommands].flatMap((group) =>
    Object.values<readonly CrashCase[]>(group).flatMap((some) => some.map(({ point }) => point)),
  ),
);
