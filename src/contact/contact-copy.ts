import type { ContactRow } from './contact-input';

/** The COPY statement that `copyText` writes lines for. */
export const COPY_CONTACTS = `copy staging.contact_row (load_no, line, external_id, email, email_opted_in, phone,
  sms_opted_in, whatsapp_verified, push_token, express_consent, do_not_sell, first_name, last_name, locale, time_zone, country, tags,
  attributes) from stdin`;

/** A contact as one line of PostgreSQL's COPY text format. */
export const copyText = (loadNo: number, line: number, row: ContactRow): string =>
  `${[
    loadNo,
    line,
    copyCell(row.externalId),
    copyCell(row.email),
    flag(row.emailOptedIn),
    copyCell(row.phone),
    flag(row.smsOptedIn),
    flag(row.whatsappVerified),
    copyCell(row.pushToken),
    flag(row.expressConsent),
    flag(row.doNotSell),
    copyCell(row.firstName),
    copyCell(row.lastName),
    copyCell(row.locale),
    copyCell(row.timeZone),
    copyCell(row.country),
    row.tags ? copyCell(arrayText(row.tags)) : NULL,
    copyCell(row.attributes),
  ].join('\t')}\n`;

const NULL = '\\N';
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A text as one cell of that format. */
export const copyCell = (text: string | null): string =>
  text === null ? NULL : text.replaceAll(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);

const flag = (value: boolean | null): string => (value === null ? NULL : String(value));

/** A list of texts as PostgreSQL writes one. */
export const arrayText = (items: readonly string[]): string =>
  `{${items.map((item) => `"${item.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
