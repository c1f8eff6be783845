import { E164 } from '../channel/channel-gates';
import { isStorable, isStorableJson } from '../shared/storable-text';
import type { ContactInput, ContactRow } from './contact-input';
import { parseEmailAddress } from './email-address';
import { longestExternalId } from './external-id';
import { isTimeZone } from './time-zone';

/** Most characters of each text, most tags, and most characters of all attributes together as JSON. */
export const CONTACT_LIMITS = {
  text: 255,
  phone: 40,
  pushToken: 4_096,
  tags: 50,
  tag: 100,
  attributes: 16_384,
  depth: 10,
} as const;

/** Why a contact is refused. */
class Refusal extends Error {}

/** The contact as it is staged, or the reason why it is refused. */
export const checkContact = (input: ContactInput): ContactRow | { readonly reason: string } => {
  try {
    return checkedRow(input);
  } catch (error) {
    if (error instanceof Refusal) return { reason: error.message };
    throw error;
  }
};

const checkedRow = (input: ContactInput): ContactRow => ({
  externalId: text('external id', input.externalId, longestExternalId) ?? refuse('the external id is missing'),
  email: shaped('e-mail address', text('e-mail address', input.email), parseEmailAddress),
  emailOptedIn: input.emailOptedIn ?? null,
  phone: readPhone(text('phone', input.phone, CONTACT_LIMITS.phone)),
  smsOptedIn: input.smsOptedIn ?? null,
  whatsappVerified: input.whatsappVerified ?? null,
  pushToken: text('push token', input.pushToken, CONTACT_LIMITS.pushToken),
  expressConsent: input.expressConsent ?? null,
  doNotSell: input.doNotSell ?? null,
  firstName: text('first name', input.firstName),
  lastName: text('last name', input.lastName),
  locale: shaped('locale', text('locale', input.locale), (locale) => (LOCALE.test(locale) ? locale : undefined)),
  timeZone: shaped('time zone', text('time zone', input.timeZone), (zone) => (isTimeZone(zone) ? zone : undefined)),
  country: shaped('country (two letters)', text('country', input.country), readCountry),
  tags: input.tags ? readTags(input.tags) : null,
  attributes: readAttributes(input.attributes ?? {}),
});

const LOCALE = /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/;

const refuse = (reason: string): never => {
  throw new Refusal(reason);
};

// No text of a profile holds control characters: one in a name would be another header line in a mail.
const text = (name: string, value: string | null | undefined, limit: number = CONTACT_LIMITS.text): string | null => {
  const trimmed = value?.trim() ?? '';
  if (trimmed.length > limit) refuse(`the ${name} is longer than ${limit} characters`);
  if (!isStorable(trimmed) || /[\p{Control}\u2028\u2029]/u.test(trimmed))
    refuse(`the ${name} holds a control character`);
  return trimmed === '' ? null : trimmed;
};

const shaped = (name: string, value: string | null, read: (value: string) => string | undefined): string | null =>
  value === null ? null : (read(value) ?? refuse(`${JSON.stringify(value)} is no ${name}`));

/** As every network understands it, where it says its country; any other is kept as it is, and nobody is texted there. */
const readPhone = (phone: string | null): string | null => {
  const plain = phone?.replaceAll(/[\s()./-]/g, '').replace(/^00/, '+') ?? null;
  return plain !== null && E164.test(plain) ? plain : phone;
};

const readCountry = (country: string): string | undefined =>
  /^[A-Za-z]{2}$/.test(country) ? country.toUpperCase() : undefined;

const readTags = (tags: readonly string[]): readonly string[] => {
  const kept = new Set(tags.flatMap((tag) => text('tag', tag, CONTACT_LIMITS.tag) ?? []));
  return kept.size <= CONTACT_LIMITS.tags ? [...kept] : refuse(`there are more than ${CONTACT_LIMITS.tags} tags`);
};

const readAttributes = (attributes: Readonly<Record<string, unknown>>): string => {
  // The graph's JSON may be anything; a list or a text would be taken apart by its positions.
  if (typeof attributes !== 'object' || Array.isArray(attributes)) refuse('the attributes must be an object');
  if (!isStorableJson(attributes, CONTACT_LIMITS.depth)) refuse('an attribute cannot be stored as JSON');
  const json = JSON.stringify(attributes);
  return json.length <= CONTACT_LIMITS.attributes ? json : refuse('the attributes are too large');
};
