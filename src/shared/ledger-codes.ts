/**
 * The small numbers that the ledger's rows carry, and the words that readers see for them.
 * A number never changes its meaning: rows keep it for years.
 */

/** What became of a message: exactly one of these at every commit (conserved). */
export const DISPOSITION = {
  queued: 0,
  in_flight: 1,
  sent: 2,
  unknown: 3,
  failed: 4,
  skipped: 5,
  held_out: 6,
  control: 7,
  cancelled: 8,
} as const;
export type Disposition = keyof typeof DISPOSITION;

/** The media of SPEC §6. A message's slot is `ordinal * 16 + CHANNEL`, so no number may reach 16. */
export const CHANNEL = {
  email: 1,
  sms: 2,
  whatsapp: 3,
  push: 4,
  in_app: 5,
  webhook: 6,
  web: 7,
  social: 8,
  display: 9,
} as const;
export type ChannelKind = keyof typeof CHANNEL;

/** Why a message was not sent: `message_exception.reason`. Gates in the order of DESIGN §3. */
export const REASON = {
  organization_control: 1,
  held_out: 2,
  suppressed: 3,
  no_consent: 4,
  not_eligible: 5,
  control: 6,
  unmapped_variant: 7,
  frequency: 8,
  quiet_hours: 9,
  expired: 10,
  erased: 11,
  render_failed: 12,
  refused: 13,
  bounced: 14,
  answer_lost: 15,
  changed_in_flight: 16,
  cancelled: 17,
  too_long: 18,
  variable_missing: 19,
  outside_window: 20,
  past_local_time: 21,
} as const;
export type Reason = keyof typeof REASON;

export const EXECUTION_KIND = { SCHEDULED: 0, MANUAL: 1, TRIGGERED: 2, TRANSACTIONAL: 3, TEST: 4 } as const;
export type ExecutionKind = keyof typeof EXECUTION_KIND;

export const CHUNK_STATE = { open: 0, done: 1, cancelled: 2 } as const;

/** Why messages wait in a chunk: they were judged, or what happened in the one before. */
export const CHUNK_CAUSE = {
  judged: 0,
  refused: 1,
  unanswered: 2,
  put_off: 3,
  other_channel: 4,
  soft_bounce: 5,
  retried: 6,
  login: 7,
} as const;

/** Kinds of `touch`: what a person or a provider did after hand-over. */
export const TOUCH = {
  opened: 1,
  clicked: 2,
  bounced_hard: 3,
  bounced_soft: 4,
  unsubscribed: 5,
  complained: 6,
  replied: 7,
  failed: 8,
  delivered: 9,
} as const;

/** Who did what a `touch` tells: `touch.verdict`. Rates are of humans alone. */
export const VERDICT = { human: 0, machine: 1 } as const;

const invert = <Name extends string>(codes: Readonly<Record<Name, number>>): ReadonlyMap<number, Name> =>
  new Map(Object.entries(codes).map(([name, code]) => [code as number, name as Name]));

export const dispositionName = invert(DISPOSITION);
export const channelName = invert(CHANNEL);
export const reasonName = invert(REASON);
export const chunkCauseName = invert(CHUNK_CAUSE);
