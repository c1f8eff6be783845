import { toAudienceDraft } from '../audience/audience.inputs';
import { readExperiment } from '../experiment/experiment.inputs';
import { readGuardrails } from '../guardrail/guardrail.inputs';
import { findField } from '../segment/rule-field';
import { toSendWindow } from '../send-window/send-window.types';
import { DomainError } from '../shared/errors';
import { toHundredths } from '../shared/hundredths';
import type { ChannelKind } from '../shared/ledger-codes';
import { plainWords } from '../shared/plain-words';
import { isStorableJson } from '../shared/storable-text';
import { toTriggerDraft } from '../trigger/trigger.inputs';
import { toVariantDraft } from '../variant/variant.inputs';
import type { Approval } from './approval';
import type { CreateCampaignInput, UpdateCampaignInput } from './campaign.inputs';
import type { Assignment, Budget, CampaignFields, ConversionGoal, DeliverySettings, Throttle } from './campaign-fields';
import { defaultFields, goalWindow } from './campaign-fields';
import type { CampaignFilterInput } from './campaign-filter.inputs';
import type { CampaignFilter } from './campaign-reader';
import type { AssignmentInput, BudgetInput, ConversionGoalInput, ThrottleInput } from './campaign-settings.inputs';
import type { CampaignDraft } from './create-campaign';
import type { CampaignEdit } from './edit-campaign';
import type { CampaignStatus } from './transitions';

type FieldsInput = Omit<UpdateCampaignInput, 'id' | 'version'>;

/** A new campaign in our words. */
export const readDraft = (input: CreateCampaignInput): CampaignDraft => ({
  type: input.type,
  fields: { ...readFields(input), name: input.name },
  ...readParts(input),
});

/** A change in our words. Nothing is given of `delivery` unless one of its settings is. */
export const readEdit = (input: UpdateCampaignInput, present: DeliverySettings): CampaignEdit => ({
  id: input.id,
  version: input.version,
  fields: readFields(input, present),
  ...readParts(input),
});

const readParts = ({ variants, audiences, triggers }: FieldsInput) => ({
  ...(variants && { variants: variants.map(toVariantDraft) }),
  ...(audiences && { audiences: audiences.map(toAudienceDraft) }),
  ...(triggers && { triggers: triggers.map(toTriggerDraft) }),
});

/** Undefined means "as it is" throughout; null empties what can be empty and is no value for the rest. */
function readFields(input: FieldsInput, present: DeliverySettings = defaultFields.delivery): Partial<CampaignFields> {
  const { name, description, purpose, priority, tags, startAt, endAt } = input;
  const { throttle, budget, assignment, conversionGoals, holdoutPercentage, metadata } = input;
  return {
    ...given('name', name ?? undefined),
    ...given('description', description),
    ...given('purpose', purpose ?? undefined),
    ...given('priority', priority ?? undefined),
    ...given('tags', tags ?? undefined),
    ...given('startAt', startAt),
    ...given('endAt', endAt),
    ...given('throttle', throttle && readThrottle(throttle)),
    ...given('budget', budget && readBudget(budget)),
    ...given('guardrails', input.guardrails && readGuardrails(input.guardrails)),
    ...given('assignment', assignment ? readAssignment(assignment) : undefined),
    ...given('experiment', input.experiment && readExperiment(input.experiment)),
    ...given('conversionGoals', conversionGoals?.map(readGoal)),
    ...given('audienceCap', input.audienceCap),
    ...given('holdoutHundredths', holdoutPercentage == null ? undefined : readHoldout(holdoutPercentage)),
    ...given('metadata', metadata == null ? undefined : readMetadata(metadata)),
    ...given('sendWindows', input.sendWindows === null ? [] : input.sendWindows?.map(toSendWindow)),
    ...given('excludeWeekends', input.excludeWeekends ?? undefined),
    ...given('localTime', input.localTime && { at: input.localTime.at, ifPast: input.localTime.ifPast }),
    ...given('delivery', readDelivery(input, present)),
  };
}

const given = <Name extends keyof CampaignFields>(
  name: Name,
  value: CampaignFields[Name] | undefined,
): Partial<CampaignFields> => (value === undefined ? {} : { [name]: value });

function readThrottle({ perMinute, perHour, perDay }: ThrottleInput): Throttle {
  return {
    ...(perMinute != null && { perMinute }),
    ...(perHour != null && { perHour }),
    ...(perDay != null && { perDay }),
  };
}

const readGoal = ({ eventType, valueField, currencyField, windowDays }: ConversionGoalInput): ConversionGoal => ({
  eventType,
  windowDays: windowDays ?? goalWindow.default,
  ...(valueField && { valueField }),
  ...(currencyField && { currencyField }),
});

function readAssignment({ kind, field }: AssignmentInput): Assignment {
  if (kind === 'HASH') return { kind };
  if (field && findField(field)?.kind === 'attribute') return { kind, field };
  const message = 'assignment by attribute names a field such as attributes.segment';
  throw new DomainError('CAMPAIGN_INVALID', message, 'assignment.field');
}

const readHoldout = (percentage: number): number => toHundredths(percentage, 'CAMPAIGN_INVALID', 'holdoutPercentage');

function readBudget({ amount, currency, costPerMessage }: BudgetInput): Budget {
  const costs = Object.entries(readObject(costPerMessage ?? {}, 'budget.costPerMessage'));
  return { amount, currency, costPerMessage: Object.fromEntries(costs.map(([kind, cost]) => [kind, String(cost)])) };
}

const readMetadata = (metadata: unknown): Readonly<Record<string, unknown>> => readObject(metadata, 'metadata');

/** The caller's own notes: as many as one looks through, and no deeper than one reads. */
const notes = { characters: 65_536, levels: 20 } as const;

function readObject(value: unknown, path: string): Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject && isStorableJson(value, notes.levels) && JSON.stringify(value).length <= notes.characters)
    return { ...value };
  const message = `an object of at most ${notes.characters / 1_024} KiB and ${notes.levels} levels is expected`;
  throw new DomainError('CAMPAIGN_INVALID', message, path);
}

function readDelivery(input: FieldsInput, present: DeliverySettings): DeliverySettings | undefined {
  const { trackOpens, trackClicks, expiresAfterHours, onQuietHours, channelStrategy, strictVariables } = input;
  const given = [trackOpens, trackClicks, expiresAfterHours, onQuietHours, channelStrategy, strictVariables];
  // Null: none from now on.
  const { personalizationRuleId: personal, schedulingRuleId: scheduling } = input;
  if (given.every((one) => one == null) && personal === undefined && scheduling === undefined) return undefined;
  const personalizationRuleId = personal === undefined ? present.personalizationRuleId : personal;
  const schedulingRuleId = scheduling === undefined ? present.schedulingRuleId : scheduling;
  return {
    trackOpens: trackOpens ?? present.trackOpens,
    trackClicks: trackClicks ?? present.trackClicks,
    expiresAfterHours: expiresAfterHours ?? present.expiresAfterHours,
    onQuietHours: onQuietHours ?? present.onQuietHours,
    channelStrategy: channelStrategy ?? present.channelStrategy ?? 'FIRST_ELIGIBLE',
    ...(personalizationRuleId != null && { personalizationRuleId }),
    ...(schedulingRuleId != null && { schedulingRuleId }),
    strictVariables: strictVariables ?? present.strictVariables ?? false,
  };
}

/** A list's filter in our words. */
export const readFilter = (filter: CampaignFilterInput = {}): CampaignFilter => ({
  ...(filter.statuses && { statuses: filter.statuses.map((status) => status.toLowerCase() as CampaignStatus) }),
  ...(filter.types && { types: filter.types }),
  ...(filter.tag != null && { tag: plainWords(filter.tag) }),
  ...(filter.nameContains && { nameContains: filter.nameContains.normalize('NFC') }),
  ...(filter.purposes && { purposes: filter.purposes }),
  ...(filter.approvals && { approvals: filter.approvals.map((approval) => approval.toLowerCase() as Approval) }),
  ...(filter.channels && { channels: filter.channels.map((kind) => kind.toLowerCase() as ChannelKind) }),
  ...(filter.text && { text: filter.text.normalize('NFC') }),
  ...(filter.createdAfter && { createdAfter: filter.createdAfter }),
  ...(filter.createdBefore && { createdBefore: filter.createdBefore }),
  ...(filter.scheduledAfter && { scheduledAfter: filter.scheduledAfter }),
  ...(filter.scheduledBefore && { scheduledBefore: filter.scheduledBefore }),
});
