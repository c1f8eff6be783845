import { DomainError, type ErrorCode } from '../shared/errors';

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

/** What a person, the clock (due, recur, miss, fail) or the ledger (complete) may do to a campaign. */
export const campaignActions = [
  'edit',
  'schedule',
  'unschedule',
  'activate',
  'start',
  'due',
  'recur',
  'miss',
  'fail',
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
  | 'content'
  | 'allocations'
  | 'compliance'
  | 'approval'
  | 'time'
  | 'trigger'
  | 'places';

/** `stays`: the status is as before; `came from`: the one that the pause remembered. */
export type Target = CampaignStatus | 'stays' | 'came from';
export type Step = { readonly to: Target; readonly guards: readonly GuardName[] };

const launch: readonly GuardName[] = ['audience', 'content', 'allocations', 'compliance', 'approval'];
const to = (target: Target, ...guards: GuardName[]): Step => ({ to: target, guards });

const start = to('running', ...launch, 'places');
const pause = to('paused');
const cancel = to('cancelled');
const clone = to('stays');
const archive = to('stays');

/** The whole lifecycle. A pair that is not written here is refused. */
export const transitions: Readonly<Record<CampaignStatus, Readonly<Partial<Record<CampaignAction, Step>>>>> = {
  draft: {
    edit: to('stays'),
    schedule: to('scheduled', ...launch, 'time'),
    activate: to('active', 'trigger', 'content', 'allocations', 'compliance', 'approval'),
    start,
    cancel,
    clone,
    archive,
  },
  scheduled: {
    unschedule: to('draft'),
    start,
    due: to('running', ...launch, 'places'),
    miss: to('draft'),
    pause,
    cancel,
    clone,
  },
  active: { pause, cancel, complete: to('completed'), clone },
  running: { pause, cancel, complete: to('completed'), recur: to('scheduled'), fail: to('draft'), clone },
  paused: { edit: to('stays'), resume: to('came from'), cancel, clone },
  completed: { clone, archive },
  cancelled: { clone, archive },
};

/** The code of every illegal move. */
export const STATUS_TRANSITION: ErrorCode = 'CAMPAIGN_STATUS_TRANSITION';

/** What nobody asks for: the clock's actions and the ledger's. */
const byItself: ReadonlySet<CampaignAction> = new Set(['due', 'recur', 'miss', 'fail', 'complete']);

/** The actions that `from` allows, in the order of {@link campaignActions}. */
export function allowedActions(from: CampaignStatus): readonly CampaignAction[] {
  return campaignActions.filter((action) => transitions[from][action] !== undefined);
}

/** The step that `action` takes from `from`; refuses an illegal one, naming from, action and what may be asked instead. */
export function stepFor(from: CampaignStatus, action: CampaignAction): Step {
  const step = transitions[from][action];
  if (step) return step;
  const allowed = allowedActions(from)
    .filter((one) => !byItself.has(one))
    .join(', ');
  throw new DomainError(
    STATUS_TRANSITION,
    `a ${from} campaign does not allow ${action}; it allows ${allowed}`,
    'status',
  );
}
