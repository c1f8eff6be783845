import type { Transaction } from '../adapters/postgres';
import { CONTACT_LIMITS, checkContact } from '../contact/contact-check';
import { SAME_NUMBER } from '../contact/contact-upsert-sql';
import { isStorable } from '../shared/storable-text';
import { isRecord, type ParsedEnvelope, parseEnvelope, textOf, UnreadableEvent } from './receipt';

/** What other services tell about people: the minimum that keeps the directory true. */
export type DirectoryEvent = { readonly organizationId: string; readonly source: string; readonly eventId: string } & (
  | { readonly kind: 'created'; readonly contact: CheckedContact }
  | {
      readonly kind: 'preferences';
      readonly externalId: string;
      readonly consents: Consents;
      /** Absent: it stays; null: there is none any more. */
      readonly pushToken?: string | null;
    }
  | { readonly kind: 'deleted'; readonly externalId: string }
);

/** What a person decided; null where nothing was said. */
interface Consents {
  readonly email: boolean | null;
  readonly sms: boolean | null;
  readonly whatsapp: boolean | null;
  readonly express: boolean | null;
  readonly doNotSell: boolean | null;
}

type CheckedContact = Exclude<ReturnType<typeof checkContact>, { reason: string }>;

export const DIRECTORY_SUBJECTS: ReadonlySet<string> = new Set([
  'user.created',
  'user.preferences.updated',
  'user.deleted',
]);

/** Reads `user.*`; throws `UnreadableEvent`. */
export function parseDirectoryEvent(subject: string, text: string): DirectoryEvent {
  const envelope = parseEnvelope(text);
  if (!envelope.id) throw new UnreadableEvent('id is missing');
  const origin = {
    organizationId: envelope.organizationId,
    source: envelope.source ?? 'unknown',
    eventId: `${subject}:${envelope.id}`,
  };
  const externalId = textOf(envelope.data, 'userId');
  if (subject === 'user.created') return { ...origin, kind: 'created', contact: contactOf(envelope, externalId) };
  if (subject === 'user.deleted') return { ...origin, kind: 'deleted', externalId };
  const token = tokenOf(envelope.data.pushToken);
  return {
    ...origin,
    kind: 'preferences',
    externalId,
    consents: consentsOf(envelope.data),
    ...(token !== undefined && { pushToken: token }),
  };
}

function consentsOf(data: Readonly<Record<string, unknown>>): Consents {
  const channels = isRecord(data.channels) ? data.channels : {};
  return {
    email: choice(data.emailOptedIn ?? channels.email),
    sms: choice(data.smsOptedIn ?? channels.sms),
    whatsapp: choice(data.whatsappVerified),
    express: choice(data.expressConsent),
    doNotSell: choice(data.doNotSell),
  };
}

function tokenOf(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return value;
  if (typeof value !== 'string' || value.length > CONTACT_LIMITS.pushToken || !isStorable(value))
    throw new UnreadableEvent('pushToken is no token');
  return value === '' ? null : value;
}

function contactOf({ data }: ParsedEnvelope, externalId: string): CheckedContact {
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : null);
  const checked = checkContact({
    externalId,
    email: text('email'),
    phone: text('phone'),
    firstName: text('firstName'),
    lastName: text('lastName'),
    locale: text('locale'),
    timeZone: text('timeZone'),
    country: text('country'),
    emailOptedIn: choice(data.emailOptedIn),
    smsOptedIn: choice(data.smsOptedIn),
    whatsappVerified: choice(data.whatsappVerified),
    pushToken: text('pushToken'),
    expressConsent: choice(data.expressConsent),
    doNotSell: choice(data.doNotSell),
    attributes: isRecord(data.attributes) ? data.attributes : {},
  });
  if ('reason' in checked) throw new UnreadableEvent(checked.reason);
  return checked;
}

const choice = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** Applies one event of an organization; each is idempotent, and the inbox lets it through once. */
export async function applyDirectoryEvent(
  tx: Transaction,
  orgNo: number,
  event: DirectoryEvent,
  now: Date,
): Promise<void> {
  if (event.kind === 'created') await tx.query(CREATE, [orgNo, ...columnsOf(event.contact), now]);
  else if (event.kind === 'preferences') await tx.query(PREFER, preferences(orgNo, event, now));
  else await erase(tx, orgNo, event.externalId, now);
}

/** What is kept of a person elsewhere goes after the contact: who was about to keep more has ended by then, or sees it. */
async function erase(tx: Transaction, orgNo: number, externalId: string, now: Date): Promise<void> {
  await tx.query(ERASE, [orgNo, externalId, now]);
  for (const forget of [FORGET_PROFILES, FORGET_SESSION, FORGET_SEEN]) await tx.query(forget, [orgNo, externalId]);
}

function preferences(orgNo: number, event: DirectoryEvent & { readonly kind: 'preferences' }, now: Date): unknown[] {
  const { externalId, consents, pushToken } = event;
  const { email, sms, whatsapp, express, doNotSell } = consents;
  return [orgNo, externalId, email, sms, now, whatsapp, express, doNotSell, pushToken !== undefined, pushToken ?? null];
}

const columnsOf = (contact: CheckedContact) => [
  contact.externalId,
  contact.email,
  contact.emailOptedIn ?? false,
  contact.phone,
  contact.smsOptedIn ?? false,
  contact.firstName,
  contact.lastName,
  contact.locale,
  contact.timeZone,
  contact.country,
  contact.attributes,
  contact.whatsappVerified ?? false,
  contact.pushToken,
  contact.expressConsent ?? false,
  contact.doNotSell ?? false,
];

// A known contact keeps its consent: being created somewhere else is no resubscription (P-20). An erased one stays erased.
const CREATE = `
insert into campaign.contact as c (org_no, external_id, email, email_valid, email_opted_in, phone, sms_opted_in,
  first_name, last_name, locale, time_zone, country, attributes, whatsapp_verified, push_token, express_consent, do_not_sell,
  created_at, updated_at)
values ($1, $2, $3, $3::text is not null, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)
on conflict (org_no, external_id) do update
set email = coalesce(excluded.email, c.email), email_valid = c.email_valid or excluded.email_valid,
  phone = coalesce(excluded.phone, c.phone), first_name = coalesce(excluded.first_name, c.first_name),
  last_name = coalesce(excluded.last_name, c.last_name), locale = coalesce(excluded.locale, c.locale),
  time_zone = coalesce(excluded.time_zone, c.time_zone), country = coalesce(excluded.country, c.country),
  whatsapp_verified = ${SAME_NUMBER}, push_token = coalesce(excluded.push_token, c.push_token),
  do_not_sell = c.do_not_sell or excluded.do_not_sell, attributes = c.attributes || excluded.attributes, shadow = false, revision = c.revision + 1,
  updated_at = excluded.updated_at
where c.erased_at is null`;

const PREFER = `
update campaign.contact
set email_opted_in = coalesce($3, email_opted_in), sms_opted_in = coalesce($4, sms_opted_in),
  whatsapp_verified = coalesce($6, whatsapp_verified), express_consent = coalesce($7, express_consent),
  do_not_sell = coalesce($8, do_not_sell), push_token = case when $9::boolean then $10 else push_token end,
  revision = revision + 1, updated_at = $5
where org_no = $1 and external_id = $2 and erased_at is null`;

// The row stays, without a word about the person: messages and figures point to it, and it can never be addressed again.
// With it goes the shadow that stands for the same address.
const ERASE = `
with addressed as (
  select lower(email) as address from campaign.contact where org_no = $1 and external_id = $2 and erased_at is null
),
erased as (
  update campaign.contact
  set email = null, email_valid = false, email_opted_in = false, phone = null, sms_opted_in = false,
    whatsapp_verified = false, push_token = null, express_consent = false, do_not_sell = false, first_name = null, last_name = null,
    locale = null, time_zone = null, country = null, tags = '{}', attributes = '{}', revision = revision + 1,
    erased_at = $3, updated_at = $3
  where erased_at is null and contact_no in (
    select contact_no from campaign.contact where org_no = $1 and external_id = $2
    union all
    select s.contact_no from campaign.contact s
    where s.org_no = $1 and s.shadow and s.email is not null and lower(s.email) = (select address from addressed)
  )
  returning contact_no, org_no
)
insert into campaign.suppression (org_no, contact_no, channel, reason, created_at)
select org_no, contact_no, 0, 'erased', $3 from erased on conflict do nothing`;

const forgetSql = (table: string) => `
delete from campaign.${table} p using campaign.contact c
where c.org_no = $1 and c.external_id = $2 and c.erased_at is not null and p.contact_no = c.contact_no`;

const FORGET_PROFILES = forgetSql('message_profile');
const FORGET_SESSION = forgetSql('contact_session');

// What gates saw of them. Messages are locked in the order of their keys, as everywhere.
const FORGET_SEEN = `
with theirs as materialized (
  select m.exec_no, m.seq, m.gate from campaign.contact c join campaign.message m on m.contact_no = c.contact_no
  where c.org_no = $1 and c.external_id = $2 and c.erased_at is not null
  order by m.exec_no, m.seq for no key update of m
),
emptied as (
  update campaign.message m set facts = null, rules_held = null from theirs t
  where m.exec_no = t.exec_no and m.seq = t.seq and coalesce(m.facts, m.rules_held) is not null
)
update campaign.message_exception x set seen = null from theirs t
where x.exec_no = t.exec_no and x.reason = t.gate and x.seq = t.seq and x.seen is not null`;
