import { type ArchivedUse, expectInUse } from '../audience/archived-segments';
import type { FrozenPlan } from '../execution/frozen-plan';
import { checkHoldable, type Experiment } from '../experiment/experiment';
import { changedSince, digestPlan } from '../launch-plan/plan-digest';
import type { OrganizationSettings } from '../organization/organization-settings';
import { DomainError, type ErrorCode } from '../shared/errors';
import type { ChannelKind } from '../shared/ledger-codes';
import type { Channel } from '../variant/channel';
import { missingFromCommercial } from '../variant/channel-content';
import type { Variant } from '../variant/variant';
import type { Campaign } from './campaign';
import type { CampaignParts } from './campaign-loading';
import { expectSendTime } from './hours-freezing';
import { type CampaignAction, type GuardName, stepFor, transitions } from './transitions';

/** Everything that the guards of a launch look at. */
export interface Launch {
  readonly campaign: Campaign;
  readonly parts: CampaignParts;
  /** Audiences that are archived segments. */
  readonly archived: readonly ArchivedUse[];
  /** What an execution would freeze. */
  readonly plan: FrozenPlan;
  readonly settings: OrganizationSettings;
  /** Campaigns of the organization that run now. */
  readonly running: number;
  /** What some transport of this installation carries. */
  readonly served: readonly ChannelKind[];
  readonly now: Date;
  /** The wanted time; nothing when the start is now. */
  readonly at?: Date;
}

type Guard = (launch: Launch) => void;

/** Judges the named guards in their order; the first that does not hold is the answer. */
export function judgeLaunch(guards: readonly GuardName[], launch: Launch): void {
  for (const guard of guards) judges[guard](launch);
}

/** Everything that stands against an action, not the first alone. */
export function refusalsOf(action: CampaignAction, launch: Launch): readonly DomainError[] {
  const judged = [() => void stepFor(launch.campaign, action)];
  const guards = transitions[launch.campaign.status][action]?.guards ?? [];
  return [...judged, ...guards.map((guard) => () => judges[guard](launch))].flatMap(refusalOf);
}

function refusalOf(judge: () => void): readonly DomainError[] {
  try {
    judge();
    return [];
  } catch (error) {
    if (error instanceof DomainError) return [error];
    throw error;
  }
}

const audience: Guard = ({ parts }) => {
  if (parts.audiences.some(({ kind }) => kind === 'INCLUDE')) return;
  throw refuse('AUDIENCE_MISSING', 'a campaign needs at least one audience that includes people', 'audiences');
};

const segments: Guard = ({ archived }) => expectInUse(archived);

const content: Guard = ({ plan, served, parts: { variants, channels } }) => {
  const unserved = plan.channels.filter((kind) => !served.includes(kind));
  if (unserved.length > 0) {
    const message = `no transport here carries ${unserved.join(', ')}: disable it, or have PROVIDER_URL name a provider`;
    throw refuse('CONTENT_CHANNEL_UNAVAILABLE', message, 'variants');
  }
  const sending = variants.filter((variant) => !variant.isControl);
  if (sending.length === 0) throw refuse('CONTENT_MISSING', 'a campaign needs a variant that sends', 'variants');
  const [first, ...others] = sending.map((variant) => enabledKinds(variant, channels));
  if (!first) throw refuse('CONTENT_MISSING', 'every variant but a control needs content', 'variants');
  if (others.every((kinds) => kinds === first)) return;
  const message = 'all variants but a control enable the same channels, in the same order of priority';
  throw refuse('CONTENT_CHANNELS_DIFFER', message, 'variants');
};

const enabledKinds = ({ variantNo }: Variant, channels: readonly Channel[]): string =>
  channels.flatMap((channel) => (channel.enabled && channel.variantNo === variantNo ? [channel.kind] : [])).join(',');

const allocations: Guard = ({ campaign, parts: { variants } }) => {
  if (campaign.experiment) expectHoldable(campaign, campaign.experiment, variants);
  if (campaign.assignment.kind === 'ATTRIBUTE') return attributeValues(variants);
  const sum = variants.reduce((total, variant) => total + variant.allocationHundredths, 0);
  if (sum === 10_000) return;
  throw refuse('CAMPAIGN_ALLOCATION', `allocations sum to exactly 100, not ${sum / 100}`, 'variants');
};

const expectHoldable = (campaign: Campaign, experiment: Experiment, variants: readonly Variant[]): void =>
  checkHoldable(experiment, {
    toAudience: campaign.type === 'ONE_TIME' || campaign.type === 'RECURRING',
    byHash: campaign.assignment.kind === 'HASH',
    goals: campaign.conversionGoals.length,
    sending: variants.filter(({ isControl }) => !isControl).length,
  });

// Somebody upstream drew the arms: each needs its own value, and shares mean nothing.
function attributeValues(variants: readonly Variant[]): void {
  const values = variants.map((variant) => variant.attributeValue);
  const unclear = values.findIndex((value, index) => value === null || values.indexOf(value) < index);
  if (unclear === -1) return;
  const message = 'with assignment by attribute every variant needs a value of its own';
  throw refuse('CAMPAIGN_ASSIGNMENT', message, `variants[${unclear}].attributeValue`);
}

// CAN-SPAM (SPEC §9): no commercial e-mail without a way out and a postal address.
const compliance: Guard = ({ campaign, parts, plan, settings }) => {
  if (campaign.type === 'TRANSACTIONAL') return;
  for (const channel of parts.channels.filter(({ enabled }) => enabled)) {
    const missing = missingFromCommercial(channel);
    if (!missing) continue;
    // A variant that was kept keeps its number, wherever it stands now.
    const place = parts.variants.findIndex(({ variantNo }) => variantNo === channel.variantNo);
    const path = `variants[${place}].${missing.path}`;
    throw refuse('CONTENT_UNSUBSCRIBE_LINK', missing.message, path);
  }
  if (settings.postalAddress !== null || !plan.channels.includes('email')) return;
  throw refuse('CAMPAIGN_POSTAL_ADDRESS', "commercial e-mail needs the organization's postal address", 'organization');
};

const approval: Guard = ({ campaign, settings, plan }) => {
  if (!settings.approvalRequired) return;
  if (campaign.approval !== 'approved')
    throw refuse(
      'CAMPAIGN_APPROVAL_REQUIRED',
      'the organization demands an approval first: submitForApproval',
      'approval',
    );
  // Edits withdraw an approval; segments and settings of the organization change beside it.
  expectUnchanged(changedSince(campaign.approvalRecord?.plan, digestPlan(plan)), 'approved');
};

/** Refuses a plan that is not the one that was looked at, and names the parts that differ. */
export function expectUnchanged(changed: readonly string[], since: 'approved' | 'submitted' | 'looked at'): void {
  if (changed.length === 0) return;
  throw refuse('CAMPAIGN_PLAN_CHANGED', `changed since it was ${since}: ${changed.join(', ')}`, 'approval');
}

const places: Guard = ({ running, settings: { limits } }) => {
  if (running < limits.runningCampaigns) return;
  throw refuse(
    'CAMPAIGN_RUNNING_LIMIT',
    `${running} campaigns run already, and ${limits.runningCampaigns} may at a time`,
    'status',
  );
};

/** A start that was set less far ahead could not be taken back (BR-CAM-001.3). */
export const leastMinutesAhead = 5;

const time: Guard = ({ at, now }) => {
  if (at && at.getTime() - now.getTime() >= leastMinutesAhead * 60_000) return;
  throw refuse('SCHEDULE_TOO_SOON', `the time must be at least ${leastMinutesAhead} minutes ahead`, 'at');
};

/** Start and end date bound everything that a campaign does by itself or for a person. */
const period: Guard = ({ campaign: { startAt, endAt }, now, at = now }) => {
  if (startAt && at < startAt)
    throw refuse(
      'SCHEDULE_OUTSIDE_PERIOD',
      `it starts not before ${startAt.toISOString()}: set another startAt, or none`,
      'startAt',
    );
  if (endAt && at >= endAt)
    throw refuse('SCHEDULE_OUTSIDE_PERIOD', `it ends at ${endAt.toISOString()}: set a later endAt, or none`, 'endAt');
};

const hours: Guard = ({ plan }) => expectSendTime(plan, plan.channels);

// A calendar is given when it is scheduled; without one it would be held once, and be over.
const recurrence: Guard = ({ campaign: { type, schedule } }) => {
  if (type !== 'RECURRING' || schedule?.recurrence) return;
  throw refuse('SCHEDULE_INVALID', 'a recurring campaign needs a recurrence: schedule it with one', 'recurrence');
};

const trigger: Guard = ({ campaign, parts: { triggers } }) => {
  if (campaign.type !== 'TRIGGERED' || triggers.some(({ enabled }) => enabled)) return;
  throw refuse('CAMPAIGN_TRIGGER_MISSING', 'a triggered campaign needs at least one enabled trigger', 'triggers');
};

const judges: Readonly<Record<GuardName, Guard>> = {
  audience,
  segments,
  content,
  allocations,
  compliance,
  approval,
  places,
  recurrence,
  time,
  period,
  hours,
  trigger,
};

const refuse = (code: ErrorCode, message: string, path: string): DomainError => new DomainError(code, message, path);
