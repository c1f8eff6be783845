import { E164 } from '../channel/channel-gates';
import { parseEmailAddress } from '../contact/email-address';
import { longestExternalId, readExternalId } from '../contact/external-id';
import { CHANNEL, type ChannelKind } from '../shared/ledger-codes';
import { type GivenReason, suppressionReasons } from './suppression-reasons';

/** A suppression as a file or a caller says it: a person by the organization's own id, an address, or several of them. */
export interface SuppressionInput {
  readonly userId?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly channel?: string | null | undefined;
  readonly reason?: string | null | undefined;
}

export const TARGET_KIND = { id: 0, email: 1, phone: 2 } as const;

/** Who or what is suppressed, on which channels; channel 0 is every channel. */
export interface SuppressionTarget {
  readonly kind: number;
  readonly target: string;
  readonly channels: readonly number[];
  readonly reason: GivenReason;
}

/** The targets of one line, or why it is refused. A refusal names no address: reports are kept, and logged. */
export function readTargets(
  input: SuppressionInput,
  reason: GivenReason,
): readonly SuppressionTarget[] | { readonly reason: string } {
  const why = input.reason ? suppressionReasons.find((one) => one === input.reason?.trim().toLowerCase()) : reason;
  if (!why) return { reason: `the reason must be one of ${suppressionReasons.join(', ')}` };
  const channel = input.channel?.trim().toLowerCase();
  if (channel && !(channel in CHANNEL))
    return { reason: `the channel must be one of ${Object.keys(CHANNEL).join(', ')}` };
  const targets: SuppressionTarget[] = [];
  for (const read of [readId, readEmail, readPhone]) {
    const target = read(input, channel as ChannelKind | undefined);
    if (typeof target === 'string') return { reason: target };
    if (target) targets.push({ ...target, reason: why });
  }
  return targets.length > 0 ? targets : { reason: 'there is neither an id nor an address' };
}

type Read = Omit<SuppressionTarget, 'reason'> | string | undefined;

function readId({ userId }: SuppressionInput, channel: ChannelKind | undefined): Read {
  if (!userId?.trim()) return undefined;
  const target = readExternalId(userId);
  if (!target) return `an id has 1 to ${longestExternalId} characters, none of them a control character`;
  return { kind: TARGET_KIND.id, target, channels: [channel ? CHANNEL[channel] : 0] };
}

function readEmail({ email }: SuppressionInput, channel: ChannelKind | undefined): Read {
  if (!email?.trim()) return undefined;
  const target = parseEmailAddress(email)?.toLowerCase();
  if (!target) return 'the e-mail address is none';
  if (channel && channel !== 'email') return `an e-mail address is not reached by ${channel}`;
  return { kind: TARGET_KIND.email, target, channels: [CHANNEL.email] };
}

const BY_PHONE: readonly ChannelKind[] = ['sms', 'whatsapp'];

function readPhone({ phone }: SuppressionInput, channel: ChannelKind | undefined): Read {
  if (!phone?.trim()) return undefined;
  const target = plainPhone(phone);
  if (!E164.test(target)) return 'the phone number is none with a plus and a country code';
  if (channel && !BY_PHONE.includes(channel)) return `a phone number is not reached by ${channel}`;
  return { kind: TARGET_KIND.phone, target, channels: (channel ? [channel] : BY_PHONE).map((kind) => CHANNEL[kind]) };
}

/** The twin of campaign.plain_phone in migrations/0028-address-suppressions.ts. */
export const plainPhone = (text: string): string => text.replaceAll(/[^0-9+]/g, '').replace(/^00/, '+');
