import type { ChannelStrategy } from '../execution/frozen-plan';
import { checkExperiment, type Experiment } from '../experiment/experiment';
import { checkGuardrails, type Guardrails } from '../guardrail/guardrails';
import { isRemoteId } from '../remote/remote-id';
import { checkLocalTime, type LocalTime } from '../send-window/local-time';
import { checkSendWindows, type SendTimes } from '../send-window/send-window';
import { countCharacters } from '../shared/characters';
import { DomainError } from '../shared/errors';
import { plainWords } from '../shared/plain-words';
import { isStorable } from '../shared/storable-text';
import { checkBudget } from './budget';

export const campaignTypes = ['ONE_TIME', 'RECURRING', 'TRIGGERED', 'TRANSACTIONAL'] as const;
export type CampaignKind = (typeof campaignTypes)[number];

export const campaignPurposes = [
  'PROMOTION',
  'LOYALTY',
  'COUPON',
  'SEGMENTATION',
  'RETARGETING',
  'ANNOUNCEMENT',
] as const;
export type CampaignPurpose = (typeof campaignPurposes)[number];

/** How fast a campaign may send; the strictest of those given rules. */
export interface Throttle {
  readonly perMinute?: number;
  readonly perHour?: number;
  readonly perDay?: number;
}

/** An event that counts as success. The first goal of a campaign is its primary one. */
export interface ConversionGoal {
  readonly eventType: string;
  readonly valueField?: string;
  readonly currencyField?: string;
  readonly windowDays: number;
}

/** Who gets which variant: by a hash of the person, or by an attribute randomized upstream. */
export type Assignment = { readonly kind: 'HASH' } | { readonly kind: 'ATTRIBUTE'; readonly field: string };

export interface Budget {
  readonly amount: string;
  readonly currency: string;
  readonly costPerMessage: Readonly<Record<string, string>>;
}

/** What becomes of a message whose turn comes in the recipient's quiet hours: it waits for their end, or is skipped. */
export const quietHourChoices = ['DEFER', 'SKIP'] as const;
export type OnQuietHours = (typeof quietHourChoices)[number];

/** How messages are followed, and when one may still be sent. */
export interface DeliverySettings {
  readonly trackOpens: boolean;
  readonly trackClicks: boolean;
  readonly expiresAfterHours: number;
  readonly onQuietHours: OnQuietHours;
  /** Absent in what was saved before there was one. */
  readonly channelStrategy?: ChannelStrategy;
  /** Content speaks only of what somebody has, and who lacks it gets nothing. Kept in the content, not in the plan. */
  readonly strictVariables?: boolean;
  /** By which rule of the rules engine `personalization.…` is made of people. */
  readonly personalizationRuleId?: string;
  /** Which rule of the rules engine says whether it may start when the clock would start it. */
  readonly schedulingRuleId?: string;
}

/** What an edit may change on the campaign itself; its variants and audiences are edited as wholes beside it. */
export interface CampaignFields extends SendTimes {
  readonly name: string;
  readonly description: string | null;
  readonly purpose: CampaignPurpose;
  readonly throttle: Throttle | null;
  readonly delivery: DeliverySettings;
  /** When each person is written to, on their clock; null: as soon as may be. */
  readonly localTime: LocalTime | null;
  /** People of the audience at most, drawn by a hash; null: all of them. Part of the audience, and fixed with it. */
  readonly audienceCap: number | null;
  readonly holdoutHundredths: number;
  readonly conversionGoals: readonly ConversionGoal[];
  readonly assignment: Assignment;
  readonly experiment: Experiment | null;
  readonly budget: Budget | null;
  readonly guardrails: Guardrails | null;
  readonly priority: number;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly startAt: Date | null;
  readonly endAt: Date | null;
}

/** What a campaign has when its creator says nothing (SPEC §7, §10). */
export const defaultFields: Omit<CampaignFields, 'name'> = {
  description: null,
  purpose: 'PROMOTION',
  throttle: null,
  delivery: {
    trackOpens: true,
    trackClicks: true,
    expiresAfterHours: 72,
    onQuietHours: 'DEFER',
    channelStrategy: 'FIRST_ELIGIBLE',
    strictVariables: false,
  },
  sendWindows: [],
  excludeWeekends: false,
  localTime: null,
  audienceCap: null,
  holdoutHundredths: 0,
  conversionGoals: [],
  assignment: { kind: 'HASH' },
  experiment: null,
  budget: null,
  guardrails: null,
  priority: 0,
  tags: [],
  metadata: {},
  startAt: null,
  endAt: null,
};

const LONGEST_RULE_ID = 100;

/** Days after a message in which an event counts for its goal (SPEC §10). */
export const goalWindow = { default: 7, most: 30 } as const;

/**
 * These may change while an execution is open; everything else applies from the next one (SPEC §3). Budget and guardrails
 * decide nothing about any message: whoever was stopped by them could else never go on (docs/decisions/0014).
 */
export const fieldsOpenWhileRunning: ReadonlySet<keyof CampaignFields> = new Set([
  'name',
  'description',
  'tags',
  'throttle',
  'sendWindows',
  'excludeWeekends',
  'endAt',
  'budget',
  'guardrails',
]);

/** Name and tags as they are kept; the rest as it is. */
export const inPlainWords = <Fields extends Partial<CampaignFields>>(fields: Fields): Fields => ({
  ...fields,
  ...(fields.name !== undefined && { name: plainWords(fields.name) }),
  ...(fields.tags && { tags: fields.tags.map(plainWords) }),
});

/** How callers name what an edit changes: settings of the delivery stand one by one in their input. */
export function inputNamesOf(
  field: keyof CampaignFields,
  present: CampaignFields,
  wanted: Partial<CampaignFields>,
): readonly string[] {
  if (field === 'holdoutHundredths') return ['holdoutPercentage'];
  if (field !== 'delivery') return [field];
  const [before, after] = [present.delivery, wanted.delivery ?? present.delivery];
  const settings = Object.keys({ ...before, ...after }) as (keyof DeliverySettings)[];
  return settings.filter((setting) => before[setting] !== after[setting]);
}

/** Refuses fields that no campaign may have, with the path of the first wrong one. */
export function checkFields(fields: Partial<CampaignFields>): void {
  const { name, description, holdoutHundredths, conversionGoals, throttle, tags, delivery } = fields;
  if (name !== undefined) checkText('name', name, 1, 255);
  if (description) checkText('description', description, 0, 2_000);
  if (holdoutHundredths !== undefined) within('holdoutPercentage', holdoutHundredths / 100, 0, 20, 'percent');
  if (fields.audienceCap != null) within('audienceCap', fields.audienceCap, 1, 100_000_000, 'people');
  if (conversionGoals) checkGoals(conversionGoals);
  if (throttle) checkThrottle(throttle);
  if (fields.sendWindows) checkSendWindows(fields.sendWindows);
  if (fields.localTime) checkLocalTime(fields.localTime);
  if (tags) checkTags(tags);
  if (fields.budget) checkBudget(fields.budget);
  if (fields.guardrails) checkGuardrails(fields.guardrails);
  if (delivery) checkDelivery(delivery);
  if (fields.experiment) checkExperiment(fields.experiment);
  checkDates(fields);
}

function checkDelivery({ expiresAfterHours, ...rules }: DeliverySettings): void {
  within('expiresAfterHours', expiresAfterHours, 1, 8_760, 'hours');
  for (const name of ['personalizationRuleId', 'schedulingRuleId'] as const) {
    const id = rules[name];
    if (id !== undefined && !isRemoteId(id, LONGEST_RULE_ID))
      throw invalid(name, `a rule's id has 1 to ${LONGEST_RULE_ID} characters, and is no . or ..`);
  }
}

function checkTags(tags: readonly string[]): void {
  within('tags', tags.length, 0, 50, 'tags');
  const seen = new Set<string>();
  for (const [index, tag] of tags.entries()) {
    checkText(`tags[${index}]`, tag, 1, 50);
    if (seen.has(tag.toLowerCase())) throw invalid(`tags[${index}]`, `the tag ${tag} is there already`);
    seen.add(tag.toLowerCase());
  }
}

/** Refuses a text that is too short, too long, or that cannot be stored. */
export function checkText(path: string, text: string, least: number, most: number): void {
  within(path, text.trim() === '' ? 0 : countCharacters(text), least, most, 'characters');
  if (!isStorable(text)) throw invalid(path, `${path} holds characters that cannot be stored`);
}

function checkGoals(goals: readonly ConversionGoal[]): void {
  within('conversionGoals', goals.length, 0, 5, 'goals');
  for (const [index, goal] of goals.entries()) {
    checkText(`conversionGoals[${index}].eventType`, goal.eventType, 1, 100);
    for (const field of ['valueField', 'currencyField'] as const)
      if (goal[field] !== undefined) checkText(`conversionGoals[${index}].${field}`, goal[field], 1, 200);
    within(`conversionGoals[${index}].windowDays`, goal.windowDays, 1, goalWindow.most, 'days');
  }
}

function checkThrottle({ perMinute, perHour, perDay }: Throttle): void {
  if (perMinute !== undefined) within('throttle.perMinute', perMinute, 2, 10_000_000, 'messages');
  if (perHour !== undefined) within('throttle.perHour', perHour, 100, 1_000_000_000, 'messages');
  if (perDay !== undefined) within('throttle.perDay', perDay, 100, 1_000_000_000, 'messages');
}

function checkDates({ startAt, endAt }: Partial<CampaignFields>): void {
  if (startAt && endAt && endAt <= startAt) throw invalid('endAt', 'endAt must be after startAt');
}

function within(path: string, value: number, least: number, most: number, unit: string): void {
  if (value >= least && value <= most) return;
  throw invalid(path, `${path} must be ${least} to ${most} ${unit}, not ${value}`);
}

const invalid = (path: string, message: string): DomainError => new DomainError('CAMPAIGN_INVALID', message, path);
