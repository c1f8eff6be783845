import fc from 'fast-check';
import type { Kind } from './model';

/** What may be done in a sequence; `pick` chooses among the campaigns that there are. */
export const commandNames = [
  'edit',
  'schedule',
  'unschedule',
  'activate',
  'start',
  'pause',
  'resume',
  'cancel',
  'clone',
  'archive',
  'submit',
  'approve',
  'reject',
  'due',
  'finish',
  'jump',
] as const;
export type CommandName = (typeof commandNames)[number];

export interface Command {
  readonly name: CommandName | 'create';
  readonly pick: number;
  /** Made from an older version of the campaign. */
  readonly stale: boolean;
  /** The process dies before the commit: nothing may have happened. */
  readonly crash: boolean;
  readonly by: 'usr_ada' | 'usr_eve';
  readonly kind: Kind;
  readonly what: 'description' | 'holdout' | 'audience' | 'no audience';
  readonly ends: boolean;
  readonly ready: boolean;
  readonly minutes: number;
  readonly count: number | null;
  /** Minutes that a jump of the clock takes; `due`: as far as something is due. */
  readonly jump: number | 'due';
}

/** What leads on is frequent, what leads to an end is rare: else every life would be a short one. */
const weights: Readonly<Record<Command['name'], number>> = {
  jump: 12,
  due: 14,
  schedule: 12,
  start: 7,
  finish: 6,
  pause: 6,
  resume: 7,
  activate: 4,
  edit: 4,
  submit: 4,
  approve: 4,
  create: 1,
  unschedule: 2,
  reject: 2,
  cancel: 1,
  clone: 1,
  archive: 1,
};
const names = fc.oneof(
  ...(Object.entries(weights) as [Command['name'], number][]).map(([name, weight]) => ({
    weight,
    arbitrary: fc.constant(name),
  })),
);

const kinds: readonly Kind[] = ['ONE_TIME', 'RECURRING', 'TRIGGERED', 'TRANSACTIONAL'];
// Not by a number: small ones are drawn far more often than their share.
const often = (chance: number) =>
  fc.oneof({ weight: chance, arbitrary: fc.constant(true) }, { weight: 100 - chance, arbitrary: fc.constant(false) });

/** Any command; the ordinary case is the frequent one. */
const command = (name: fc.Arbitrary<Command['name']>): fc.Arbitrary<Command> =>
  fc.record({
    name,
    pick: fc.constantFrom(0, 0, 1, 2),
    stale: often(5),
    crash: often(5),
    by: fc.constantFrom('usr_ada', 'usr_eve'),
    kind: fc.constantFrom('ONE_TIME', 'ONE_TIME', 'RECURRING', 'RECURRING', 'RECURRING', 'TRIGGERED', 'TRANSACTIONAL'),
    what: fc.constantFrom('description', 'holdout', 'audience', 'audience', 'no audience'),
    ends: often(30),
    ready: often(95),
    minutes: fc.constantFrom(2, 5, 10, 90, 1_500),
    count: fc.constantFrom(null, null, null, 1, 2, 3),
    jump: fc.constantFrom<'due' | number>('due', 'due', 'due', 3, 70, 1_560),
  });

/** A sequence of at most 60 commands, its first ones making campaigns, under rules of its own. */
export const sequences = fc.record({
  places: fc.integer({ min: 1, max: 3 }),
  approvalRequired: often(20),
  commands: fc
    .tuple(
      fc.array(command(fc.constant('create')), { minLength: 1, maxLength: 3 }),
      fc.array(command(names), { minLength: 40, maxLength: 57, size: 'max' }),
    )
    .map(([first, others]) => [...first, ...others]),
});
export interface Sequence {
  readonly places: number;
  readonly approvalRequired: boolean;
  readonly commands: readonly Command[];
}

const plain: Command = {
  name: 'create',
  pick: 0,
  stale: false,
  crash: false,
  by: 'usr_ada',
  kind: 'ONE_TIME',
  what: 'description',
  ends: false,
  ready: true,
  minutes: 10,
  count: null,
  jump: 70,
};

/** The ways into each status. */
const ways: readonly (readonly [Kind, readonly CommandName[]])[] = [
  ...kinds.map((kind) => [kind, []] as const),
  ['ONE_TIME', ['schedule']],
  ['RECURRING', ['schedule']],
  ['TRIGGERED', ['activate']],
  ['TRANSACTIONAL', ['activate']],
  ['ONE_TIME', ['start']],
  ['RECURRING', ['schedule', 'start']],
  ['ONE_TIME', ['start', 'pause']],
  ['RECURRING', ['schedule', 'pause']],
  ['TRIGGERED', ['activate', 'pause']],
  ['ONE_TIME', ['start', 'finish']],
  ['ONE_TIME', ['cancel']],
];

/** Every command in every status, whatever chance brings: each pair once by itself, and from an older version. */
export const walks: readonly Sequence[] = ways.flatMap(([kind, way]) =>
  commandNames.map((name) => ({
    places: 2,
    approvalRequired: false,
    commands: [
      { ...plain, kind },
      ...way.map((step) => ({ ...plain, name: step })),
      { ...plain, name, stale: true },
      { ...plain, name, crash: true },
      { ...plain, name },
    ],
  })),
);
