import { DomainError, type ErrorCode } from '../shared/errors';
import type { CampaignKind } from './campaign-fields';

/** Where a campaign is in its life (SPEC §3). */
export const campaignStatuses = [
  'draft',
  'scheduled',
  'active',
  'running',
  'paused',
  'completed',
  'cancelled',
] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

/** What a person, the clock (due, recur, pass, miss, fail, queue, outlast) or the ledger (complete) may do to a campaign. */
export const campaignActions = [
  'edit',
  'schedule',
  'unschedule',
  'activate',
  'start',
  'queue',
  'due',
  'recur',
  'pass',
  'miss',
  'fail',
  'outlast',
  'pause',
  'resume',
  'cancel',
  'complete',
  'clone',
  'archive',
] as const;
export type CampaignAction = (typeof campaignActions)[number];

/** What must hold before an action, by name; `launch-guards.ts` judges them. */
export type GuardName =
  | 'audience'
  | 'segments'
  | 'content'
  | 'allocations'
  | 'compliance'
  | 'approval'
  | 'recurrence'
  | 'time'
  | 'period'
  | 'hours'
  | 'trigger'
  | 'places';

/** `stays`: the status is as before; `came from`: the one that the pause remembered. */
export type Target = CampaignStatus | 'stays' | 'came from';
export type Step = { readonly to: Target; readonly guards: readonly GuardName[] };

const launch: readonly GuardName[] = [
  'audience',
  'segments',
  'content',
  'allocations',
  'compliance',
  'approval',
  'period',
  'hours',
];
const to = (target: Target, ...guards: GuardName[]): Step => ({ to: target, guards });

const start = to('running', ...launch, 'recurrence', 'places');
const pause = to('paused');
const cancel = to('cancelled');
const clone = to('stays');
const archive = to('stays');

/** The whole lifecycle. A pair that is not written here is refused. */
export const transitions: Readonly<Record<CampaignStatus, Readonly<Partial<Record<CampaignAction, Step>>>>> = {
  draft: {
    edit: to('stays'),
    schedule: to('scheduled', ...launch, 'time'),
    activate: to(
      'active',
      'trigger',
      'segments',
      'content',
      'allocations',
      'compliance',
      'approval',
      'period',
      'hours',
    ),
    start,
    queue: to('scheduled'),
    cancel,
    clone,
    archive,
  },
  scheduled: {
    unschedule: to('draft'),
    start,
    queue: to('stays'),
    due: to('running', ...launch, 'places'),
    pass: to('stays'),
    miss: to('draft'),
    outlast: to('running'),
    complete: to('completed'),
    pause,
    cancel,
    clone,
  },
  active: { pause, cancel, complete: to('completed'), clone },
  running: {
    pause,
    cancel,
    complete: to('completed'),
    recur: to('scheduled'),
    pass: to('stays'),
    fail: to('draft'),
    clone,
  },
  paused: { edit: to('stays'), resume: to('came from'), pass: to('stays'), cancel, clone },
  completed: { clone, archive },
  cancelled: { clone, archive },
};

/**
 * What must hold before a pause ends. What waits for events is judged by nobody later, as the clock judges what is
 * scheduled: an edit in the pause must not get round what the activation asked for. Its period is the clock's.
 */
export const guardsOfResume = (from: CampaignStatus | null): readonly GuardName[] =>
  from === 'active' ? ['trigger', 'content', 'allocations', 'compliance', 'approval'] : [];

/** The code of every illegal move. */
export const STATUS_TRANSITION: ErrorCode = 'CAMPAIGN_STATUS_TRANSITION';

/** What nobody asks for: the clock's actions and the ledger's. */
const byItself: ReadonlySet<CampaignAction> = new Set([
  ...(['queue', 'due', 'recur', 'pass', 'miss', 'fail', 'outlast', 'complete'] as const),
]);

const byCalendar: readonly CampaignAction[] = [
  'schedule',
  'unschedule',
  'start',
  'queue',
  'due',
  'recur',
  'pass',
  'miss',
];

/** What a campaign of a type never does: one waits for a time or a person, another for events or requests. */
const notOf: Readonly<Record<CampaignKind, readonly CampaignAction[]>> = {
  ONE_TIME: ['activate', 'recur', 'pass'],
  RECURRING: ['activate'],
  TRIGGERED: byCalendar,
  TRANSACTIONAL: byCalendar,
};

/** Where a campaign is, and what kind it is; without a kind, what any kind may do there. */
export interface Standing {
  readonly status: CampaignStatus;
  readonly type?: CampaignKind;
}

/** The actions that a campaign allows as it stands, in the order of {@link campaignActions}. */
export function allowedActions({ status, type }: Standing): readonly CampaignAction[] {
  const never = type === undefined ? [] : notOf[type];
  return campaignActions.filter((action) => transitions[status][action] !== undefined && !never.includes(action));
}

/** The step that `action` takes; refuses an illegal one, naming from, action and what may be asked instead. */
export function stepFor(standing: Standing, action: CampaignAction): Step {
  const { status, type } = standing;
  const step = transitions[status][action];
  if (step && allowedActions(standing).includes(action)) return step;
  // The kind is named where it is the reason: the status alone would allow the action.
  const what = step && type ? `${status} ${type} campaign` : `${status} campaign`;
  throw notAllowed(standing, what, action);
}

/** Refuses what is done where a campaign is edited, by its own name. */
export function expectEditable(standing: Standing, action: 'submitForApproval'): void {
  if (!allowedActions(standing).includes('edit')) throw notAllowed(standing, `${standing.status} campaign`, action);
}

function notAllowed(standing: Standing, what: string, action: string): DomainError {
  const asked = allowedActions(standing).filter((one) => !byItself.has(one));
  const article = standing.status === 'active' ? 'an' : 'a';
  const message = `${article} ${what} does not allow ${action}; it allows ${asked.join(', ')}`;
  return new DomainError(STATUS_TRANSITION, message, 'status');
}
