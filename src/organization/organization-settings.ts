import { z } from 'zod';
import { DomainError } from '../shared/errors';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 21:00');
const limit = z.int().min(1).max(1_000_000_000);

/** Every setting of an organization with its default; what was never set has the default of today. */
const settings = z.strictObject({
  limits: z
    .strictObject({
      enabled: z.boolean().default(true).describe('false: only the limits of each campaign hold'),
      messagesPerHour: limit.default(10_000),
      emailsPerHour: limit.default(10_000),
      runningCampaigns: z.int().min(1).max(10_000).default(5),
    })
    .prefault({}),
  quietHours: z
    .strictObject({
      enabled: z.boolean().default(true),
      from: clockTime.default('21:00'),
      until: clockTime.default('08:00'),
      timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone').default('UTC'),
    })
    .prefault({}),
  postalAddress: z.string().trim().min(1).max(500).nullable().default(null),
  approvalRequired: z.boolean().default(false),
});

export type OrganizationSettings = z.output<typeof settings>;

/** A change of some settings; the others stay as they are. */
export interface SettingsChange {
  readonly limits?: Partial<OrganizationSettings['limits']>;
  readonly quietHours?: Partial<OrganizationSettings['quietHours']>;
  readonly postalAddress?: string | null;
  readonly approvalRequired?: boolean;
}

/** Fills stored settings up with the defaults. */
export const readSettings = (stored: unknown): OrganizationSettings => settings.parse(stored);

/** The settings after a change; refuses a wrong one with its path. */
export function changeSettings(present: OrganizationSettings, change: SettingsChange): OrganizationSettings {
  const result = settings.safeParse({
    ...present,
    ...change,
    limits: { ...present.limits, ...change.limits },
    quietHours: { ...present.quietHours, ...change.quietHours },
  });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new DomainError('CAMPAIGN_INVALID_SETTINGS', issue?.message ?? 'not valid', issue?.path.join('.'));
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
