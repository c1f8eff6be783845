/**
 * What may go wrong, in words of the domain (SPEC §12), and what each means to a caller. A code that is not here cannot
 * be thrown; docs/api.md shows this table.
 */
export const errorCodes = {
  NOT_FOUND: 'It does not exist, or belongs to another organization.',
  FORBIDDEN: "The caller's role does not allow it, or nobody may decide on what is their own.",
  CONFLICT: 'It was changed since the version that was given: read it again.',
  CAMPAIGN_INVALID: 'A field of a campaign has a value that it cannot have.',
  CAMPAIGN_INVALID_VARIANT: 'A variant has a value that it cannot have.',
  CAMPAIGN_INVALID_SETTINGS: 'A setting of the organization has a value that it cannot have.',
  CAMPAIGN_NAME_TAKEN: 'Another living campaign has this name.',
  CAMPAIGN_PRESET_NAME_TAKEN: 'Another preset has this name.',
  CAMPAIGN_LOCKED: 'The field cannot change any more where the campaign is.',
  CAMPAIGN_STATUS_TRANSITION: 'The status does not allow the action; `allowedActions` says what it allows.',
  CAMPAIGN_ALLOCATION: 'The allocations do not sum to 100.',
  CAMPAIGN_ASSIGNMENT: 'It is not clear whose attribute leads to which variant.',
  CAMPAIGN_POSTAL_ADDRESS: 'Commercial e-mail needs a postal address in the settings of the organization.',
  CAMPAIGN_APPROVAL: 'The approval is not where this decision could be made.',
  CAMPAIGN_APPROVAL_REQUIRED: 'The organization demands an approval before the start.',
  CAMPAIGN_PLAN_CHANGED: 'What would be sent is not what was approved or looked at; the message names what differs.',
  CAMPAIGN_RUNNING_LIMIT: 'As many campaigns run as may run at a time.',
  CAMPAIGN_INVALID_TRIGGER: 'A trigger has a value that it cannot have; the path leads to the place.',
  CAMPAIGN_TRIGGER_MISSING: 'A triggered campaign has no enabled trigger.',
  CAMPAIGN_EXPERIMENT_INVALID: 'Settings of an experiment, or counts for a calculator, cannot be.',
  CAMPAIGN_WINNER_DECLARED: 'There is a winner already: it is declared once for each start.',
  AUDIENCE_MISSING: 'There is no audience that includes people.',
  AUDIENCE_INVALID: 'An audience is not either a segment or rules.',
  AUDIENCE_INVALID_RULE: 'A rule cannot be read; the path leads to the place.',
  AUDIENCE_INVALID_SEGMENT: 'A field of a segment has a value that it cannot have.',
  AUDIENCE_SEGMENT_NAME_TAKEN: 'Another segment has this name.',
  AUDIENCE_INVALID_IMPORT: 'An import is refused as a whole: too many rows, or a broken header.',
  AUDIENCE_TOO_MANY: 'A campaign has more audiences than it may have.',
  AUDIENCE_TOO_LARGE: 'More people than one execution may have.',
  CONTENT_MISSING: 'No variant sends, or one that should has no content.',
  CONTENT_INVALID: 'A part of the content has a value that it cannot have.',
  CONTENT_TEMPLATE: 'The Liquid cannot be compiled; the message names line and column.',
  CONTENT_UNSUBSCRIBE_LINK: 'Commercial e-mail needs `{{ unsubscribe_url }}`.',
  CONTENT_CHANNELS_DIFFER: 'The variants do not all go by the same channels.',
  CONTENT_CHANNEL_UNAVAILABLE: 'This medium cannot be sent by yet.',
  SCHEDULE_INVALID: 'A time, a recurrence or a time zone is missing, or cannot be read.',
  SCHEDULE_OUTSIDE_PERIOD: 'The time lies before the start date or after the end date of the campaign.',
  SCHEDULE_TOO_SOON: 'The time is past, or too near.',
  IDEMPOTENCY_CONFLICT: 'The idempotency key was used with another input.',
  IDEMPOTENCY_KEY_INVALID: 'The idempotency key is too long, or has characters that it cannot have.',
} as const;

/** One of the domain's words for what went wrong. */
export type ErrorCode = keyof typeof errorCodes;
