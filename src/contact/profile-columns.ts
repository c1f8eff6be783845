import type { ContactInput } from './contact-input';

/** A contact that the cells of one record fill in. */
export type Draft = { -readonly [Key in keyof ContactInput]: ContactInput[Key] } & {
  attributes: Record<string, unknown>;
};
/** What the cells of one column do; throws a CellError for a cell that is not what the column holds. */
export type Column = (draft: Draft, cell: string) => void;

/** Why a cell is refused. */
export class CellError extends Error {}

type TextField = 'email' | 'phone' | 'pushToken' | 'firstName' | 'lastName' | 'locale' | 'timeZone' | 'country';

const textColumn =
  (field: TextField): Column =>
  (draft, cell) => {
    draft[field] = cell;
  };

const consentColumn =
  (field: 'emailOptedIn' | 'smsOptedIn' | 'whatsappVerified' | 'expressConsent' | 'doNotSell', name: string): Column =>
  (draft, cell) => {
    draft[field] = readConsent(cell.trim().toLowerCase(), name);
  };

const readConsent = (cell: string, name: string): boolean => {
  if (['true', 'yes', '1'].includes(cell)) return true;
  if (['false', 'no', '0'].includes(cell)) return false;
  throw new CellError(`${name} is neither true nor false`);
};

const tagColumn: Column = (draft, cell) => {
  draft.tags = cell.split('|');
};

/** The columns of the profile, by their names in lower case without anything between the words. */
export const PROFILE_COLUMNS: ReadonlyMap<string, Column> = new Map([
  ['email', textColumn('email')],
  ['phone', textColumn('phone')],
  ['firstname', textColumn('firstName')],
  ['lastname', textColumn('lastName')],
  ['locale', textColumn('locale')],
  ['timezone', textColumn('timeZone')],
  ['country', textColumn('country')],
  ['tags', tagColumn],
  ['emailoptedin', consentColumn('emailOptedIn', 'e-mail consent')],
  ['smsoptedin', consentColumn('smsOptedIn', 'sms consent')],
  ['whatsappverified', consentColumn('whatsappVerified', 'whether WhatsApp verified the number')],
  ['pushtoken', textColumn('pushToken')],
  ['expressconsent', consentColumn('expressConsent', 'express consent')],
  ['donotsell', consentColumn('doNotSell', 'whether they are not to be sold to')],
]);
