import { hashBucket } from '../../src/shared/hash-bucket';
import type { ChannelKind } from '../../src/shared/ledger-codes';

/** A person as this reading of the rules sees them. */
export interface Someone {
  readonly external_id: string;
  readonly email: string | null;
  readonly email_valid: boolean;
  readonly email_opted_in: boolean;
  readonly phone: string | null;
  readonly sms_opted_in: boolean;
  readonly whatsapp_verified: boolean;
  readonly push_token: string | null;
  readonly express_consent: boolean;
  readonly do_not_sell: boolean;
  readonly country: string | null;
  /** Channels that they are suppressed on; `all` for each of them. */
  readonly suppressed: readonly (ChannelKind | 'all')[];
}

/** What decides about people in a plan, as far as it goes here. */
export interface Asked {
  readonly salt: string;
  readonly channels: readonly ChannelKind[];
  readonly strategy: 'FIRST_ELIGIBLE' | 'ALL';
  readonly commercial: boolean;
  readonly holdoutPercentage: number;
  /** Hundredths of a percent that the one variant gets; the rest is the control. */
  readonly share: number;
}

/** A message that is expected: by which channel, and what stops it. */
export interface Expected {
  readonly channel: ChannelKind;
  readonly reason: string | null;
  readonly eligible: boolean;
}

/** What SPEC §4 says of one person on one channel, written down by hand. */
export function stopOn(person: Someone, channel: ChannelKind, commercial: boolean): string | null {
  if (person.suppressed.includes('all') || person.suppressed.includes(channel)) return 'suppressed';
  if (commercial && person.do_not_sell) return 'suppressed';
  if (channel === 'email' && !person.email_opted_in) return 'no_consent';
  if (channel === 'sms' && !person.sms_opted_in) return 'no_consent';
  if (commercial && person.country === 'CA' && !person.express_consent) return 'no_consent';
  const isNumber = person.phone !== null && /^\+[1-9][0-9]{6,14}$/.test(person.phone);
  const reachable: Partial<Record<ChannelKind, boolean>> = {
    email: person.email !== null && person.email_valid,
    sms: isNumber,
    whatsapp: isNumber && person.whatsapp_verified,
    push: person.push_token !== null,
  };
  return (reachable[channel] ?? true) ? null : 'not_eligible';
}

/** The messages of a person, one by one. */
export function messagesFor(person: Someone, asked: Asked): readonly Expected[] {
  const stops = asked.channels.map((channel) => ({ channel, reason: stopOn(person, channel, asked.commercial) }));
  const passing = stops.find(({ reason }) => reason === null);
  const chosen = passing ?? stops[0] ?? { channel: 'email' as const, reason: null };
  const alone = (reason: string | null): readonly Expected[] => [
    { channel: chosen.channel, reason, eligible: passing !== undefined },
  ];
  if (hashBucket(`holdout:${asked.salt}:`, person.external_id) < asked.holdoutPercentage * 100)
    return alone('held_out');
  const inControl = hashBucket(`variant:${asked.salt}:`, person.external_id) >= asked.share;
  if (passing && inControl) return alone('control');
  if (asked.strategy === 'FIRST_ELIGIBLE') return alone(chosen.reason);
  return stops.map(({ channel, reason }) => ({ channel, reason, eligible: reason === null }));
}
