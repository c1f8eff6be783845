import { CHANNEL, type ChannelKind } from '../shared/ledger-codes';
import { type Purpose, VALID_PHONE } from './channel-gates';

/** What gates ask of a contact `c`, each with its bit in `message.facts`: a bit never changes its meaning. */
const FACTS = {
  hasEmail: { bit: 0, sql: 'c.email is not null' },
  emailValid: { bit: 1, sql: 'c.email_valid' },
  emailOptedIn: { bit: 2, sql: 'c.email_opted_in' },
  hasPhone: { bit: 3, sql: 'c.phone is not null' },
  phoneValid: { bit: 4, sql: `(${VALID_PHONE})` },
  smsOptedIn: { bit: 5, sql: 'c.sms_opted_in' },
  whatsappVerified: { bit: 6, sql: 'c.whatsapp_verified' },
  hasPushToken: { bit: 7, sql: 'c.push_token is not null' },
  inCanada: { bit: 8, sql: "c.country is not distinct from 'CA'" },
  expressConsent: { bit: 9, sql: 'c.express_consent' },
  doNotSell: { bit: 10, sql: 'c.do_not_sell' },
} as const;
type Fact = keyof typeof FACTS;

/** From here on a bit for each number of a channel; the first for all of them. */
const SUPPRESSED_FROM = 11;
const CHANNEL_BITS = 10;
/** From here on the number of the person's time zone (table `time_zone`): 0 where theirs is unknown, or nobody asked. */
export const ZONE_FROM = SUPPRESSED_FROM + CHANNEL_BITS;
/** A zone that has no number. */
export const OTHER_ZONE = 1023;

const REACHED: Readonly<Partial<Record<ChannelKind, readonly Fact[]>>> = {
  email: ['hasEmail', 'emailValid'],
  sms: ['hasPhone', 'phoneValid'],
  whatsapp: ['hasPhone', 'phoneValid', 'whatsappVerified'],
  push: ['hasPushToken'],
};
const AGREED: Readonly<Partial<Record<ChannelKind, readonly Fact[]>>> = {
  email: ['emailOptedIn'],
  sms: ['smsOptedIn'],
};

/** By the gate that asks for them, what a channel asks of a person. */
const asked = (kind: ChannelKind, { commercial = false }: Purpose) => ({
  suppression: commercial ? (['doNotSell'] as const) : [],
  consent: [...(AGREED[kind] ?? []), ...(commercial ? (['inCanada', 'expressConsent'] as const) : [])],
  eligibility: REACHED[kind] ?? [],
});

/** What the channels of a campaign ask of a contact, as one number. */
export function factsSql(kinds: readonly ChannelKind[], purpose: Purpose): string {
  const facts = new Set(kinds.flatMap((kind) => Object.values(asked(kind, purpose)).flat()));
  const bits = [...facts].map((fact) => `(${FACTS[fact].sql})::int << ${FACTS[fact].bit}`);
  return ['0', ...bits.map((bit) => `(${bit})`)].join(' | ');
}

/** The same of suppressions, which are known by channel as bits, or as one that holds on the only channel. */
export const suppressedFactsSql = (bits: string): string => `((${bits}) << ${SUPPRESSED_FROM})`;

/** Whether any channel is suppressed. */
export const anySuppressedSql = (facts: string): string =>
  `${facts} & ${((1 << CHANNEL_BITS) - 1) << SUPPRESSED_FROM} <> 0`;

/** The suppressions of a person on some channels, or on all, as JSON: on which, why, since when. */
export const suppressionsSql = (contactNo: string, channels: string): string =>
  `(select jsonb_agg(jsonb_build_object('channel', x.channel, 'reason', x.reason, 'since', x.created_at)
      order by x.created_at, x.channel, x.reason)
    from campaign.suppression x where x.contact_no = ${contactNo} and x.channel in (0, ${channels}))`;

/** What the gates of one channel saw. */
export interface SeenByGates {
  readonly suppression: Readonly<Record<string, boolean>>;
  readonly consent: Readonly<Record<string, boolean>>;
  readonly eligibility: Readonly<Record<string, boolean>>;
}

/** Reads what a message keeps of its person, as far as a channel asked. */
export function readFacts(facts: number, kind: ChannelKind, purpose: Purpose): SeenByGates {
  const read = (names: readonly Fact[]) =>
    Object.fromEntries(names.map((name) => [name, ((facts >> FACTS[name].bit) & 1) === 1]));
  const { suppression, consent, eligibility } = asked(kind, purpose);
  const suppressed = ((facts >> SUPPRESSED_FROM) & (1 | (1 << CHANNEL[kind]))) !== 0;
  return { suppression: { suppressed, ...read(suppression) }, consent: read(consent), eligibility: read(eligibility) };
}

/** The number of the time zone among the facts. */
export const zoneOf = (facts: number): number => facts >>> ZONE_FROM;
