import { z } from 'zod';
import { isTimeZone } from '../contact/time-zone';
import { hasAtMost } from '../shared/characters';
import { DomainError } from '../shared/errors';
import { firstMistake } from '../shared/schema-mistake';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 21:00');
const timeZone = z.string();
const limit = wholeNumber(1_000_000_000);

/** Every setting of an organization with its default; what was never set has the default of today. */
const settings = z.strictObject({
  limits: z
    .strictObject({
      enabled: z.boolean().default(true).describe('false: only the limits of each campaign hold'),
      messagesPerHour: limit.default(10_000),
      emailsPerHour: limit.default(10_000),
      testMessagesPerHour: limit.default(500),
      smsPerHour: limit.default(1_000),
      runningCampaigns: wholeNumber(10_000).default(5),
    })
    .prefault({}),
  quietHours: z
    .strictObject({
      enabled: z.boolean().default(true),
      from: clockTime.default('21:00'),
      until: clockTime.default('08:00'),
      timeZone: timeZone.nullable().default(null),
      commercialSms: z.boolean().default(true).describe('commercial text messages rest from 21:00 to 08:00 at least'),
    })
    .prefault({}),
  postalAddress: text(500).nullable().default(null),
  assetBaseUrl: z
    .url({ protocol: /^https$/, error: 'must be an address that begins with https:' })
    .max(500)
    .nullable()
    .default(null),
  approvalRequired: z.boolean().default(false),
  timeZone: timeZone.default('UTC'),
  controlGroupPercentage: hundredths(0, 15).default(0),
});

/** Settings as they are kept: quiet hours without a time zone of their own follow the organization's. */
export type KeptSettings = z.output<typeof settings>;

/** The settings in force. */
export interface OrganizationSettings extends KeptSettings {
  readonly quietHours: KeptSettings['quietHours'] & { readonly timeZone: string };
}

/** A change of some settings; the others stay as they are. */
export interface SettingsChange {
  readonly limits?: Partial<OrganizationSettings['limits']>;
  readonly quietHours?: Partial<OrganizationSettings['quietHours']>;
  readonly postalAddress?: string | null;
  readonly assetBaseUrl?: string | null;
  readonly approvalRequired?: boolean;
  readonly timeZone?: string;
  readonly controlGroupPercentage?: number;
}

/** Fills stored settings up with the defaults. */
export function readSettings(stored: unknown): OrganizationSettings {
  const kept = settings.parse(stored);
  return { ...kept, quietHours: { ...kept.quietHours, timeZone: kept.quietHours.timeZone ?? kept.timeZone } };
}

/** The settings to keep after a change; refuses a wrong one with its path. */
export function changeSettings(stored: unknown, change: SettingsChange): KeptSettings {
  const present = settings.parse(stored);
  expectTimeZone(change.timeZone, 'timeZone');
  expectTimeZone(change.quietHours?.timeZone, 'quietHours.timeZone');
  const result = settings.safeParse({
    ...present,
    ...change,
    limits: { ...present.limits, ...change.limits },
    quietHours: { ...present.quietHours, ...change.quietHours },
  });
  if (result.success) return result.data;
  const { message, path } = firstMistake(result.error);
  throw new DomainError('CAMPAIGN_INVALID_SETTINGS', message, path);
}

/** A percentage with at most two decimals. */
function hundredths(least: number, most: number) {
  const said = `must be between ${least} and ${most}, with at most two decimals`;
  const exact = (value: number) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-9;
  return z.number(said).min(least, said).max(most, said).refine(exact, said);
}

// Of what is given alone: what was kept once is read on.
function expectTimeZone(name: string | null | undefined, path: string): void {
  if (name == null || isTimeZone(name)) return;
  throw new DomainError('CAMPAIGN_INVALID_SETTINGS', 'must be an IANA time zone such as Europe/Berlin', path);
}

function wholeNumber(most: number) {
  const said = `must be a whole number from 1 to ${most}`;
  return z.int(said).min(1, said).max(most, said);
}

function text(most: number) {
  const said = `must have 1 to ${most} characters`;
  return z
    .string()
    .trim()
    .min(1, said)
    .refine((value) => hasAtMost(most, value), said);
}
