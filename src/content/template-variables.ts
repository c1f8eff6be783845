import type { ChannelKind } from '../shared/ledger-codes';

/** What every render knows of the person, the campaign and the message; `attributes` holds whatever was imported, `profile`
 * what a profile service says, `personalization` what a rule makes of the person, `strings` and `prices` what a
 * localization service says of where they are. */
const KNOWN: ReadonlySet<string> = new Set([
  'external_id',
  'email',
  'first_name',
  'last_name',
  'locale',
  'country',
  'attributes',
  'profile',
  'personalization',
  'strings',
  'prices',
  'campaign.id',
  'campaign.name',
  'organization.postal_address',
  'unsubscribe_url',
  'view_in_browser_url',
]);

const ROOTS: ReadonlySet<string> = new Set([...KNOWN].map((path) => path.split('.', 1)[0] ?? path));

/** What only an e-mail has. */
const OF_EMAIL = 'view_in_browser_url';

/** Paths that no render of the medium will ever fill; a warning, since a template may mean its default. */
export const unknownVariables = (variables: readonly string[], kind: ChannelKind = 'email'): string[] =>
  variables.filter((path) => !(KNOWN.has(path) || KNOWN.has(rootOf(path))) || (path === OF_EMAIL && kind !== 'email'));

/** Whether a path begins with what a render knows, and not with what the template put together. */
export const isOurs = (path: string): boolean => ROOTS.has(rootOf(path));

/** `attributes.products[0].name` → `attributes`. */
const rootOf = (path: string): string => path.split(/[.[]/, 1)[0] ?? path;
