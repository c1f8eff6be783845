import { isRenderedEmail, type RenderedContent } from '../content/rendered-content';
import { unknownVariables } from '../content/template-variables';
import { isPersonal } from '../launch-plan/missing-variable';
import { localizedKeyOf } from '../localization/localized-keys';
import type { ChannelKind } from '../shared/ledger-codes';
import { assetWarnings } from './asset-warnings';
import { type ContentWarning, type Previewed, when } from './content-warning';
import { emailWarnings } from './email-warnings';
import { leftoverWarnings } from './leftover-warnings';
import type { Person } from './preview-person';
import { pushWarnings } from './push-warnings';
import { refusalsOf } from './shown-content';
import { smsWarnings } from './sms-warnings';

/** Everything that there is to say, in one order. */
export function warningsOf(
  kind: ChannelKind,
  content: RenderedContent,
  previewed: Previewed,
): readonly ContentWarning[] {
  return [
    ...variables(kind, previewed),
    ...ofMedium(kind, content, previewed),
    ...(kind === 'webhook' ? [] : leftoverWarnings(content)),
    ...insecureLinks(previewed),
    ...assetWarnings(content),
    ...refusalsOf(previewed.compiled, content).flatMap((why) =>
      when(true, 'NOT_SENDABLE', `this person would not be sent it: ${why}`),
    ),
    ...compiling(previewed),
  ];
}

function ofMedium(kind: ChannelKind, content: RenderedContent, previewed: Previewed): readonly ContentWarning[] {
  if (isRenderedEmail(content)) return emailWarnings(content, previewed);
  if (kind === 'sms' || kind === 'whatsapp') return smsWarnings(content, previewed);
  return kind === 'push' ? pushWarnings(content) : [];
}

const variables = (kind: ChannelKind, { compiled, person }: Previewed): readonly ContentWarning[] => [
  ...unknownVariables(compiled.variables, kind).flatMap((name) =>
    when(true, 'VARIABLE_UNKNOWN', `nothing ever stands in the place of {{ ${name} }}`),
  ),
  ...compiled.variables
    .filter((name) => (isPersonal(name) || localizedKeyOf(name)) && isEmpty(valueAt(person, name)))
    .flatMap((name) => when(true, 'VARIABLE_MISSING', `this person has nothing for {{ ${name} }}`)),
];

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** `attributes.orders[0].name`, one key after the other; never through a prototype. */
const valueAt = (person: Person, path: string): unknown =>
  (path.match(/[\w-]+/g) ?? []).reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined,
    person,
  );

const insecureLinks = ({ compiled }: Previewed): readonly ContentWarning[] =>
  compiled.links
    .filter(({ url }) => url.startsWith('http:'))
    .flatMap(({ url }) => when(true, 'LINK_INSECURE', `a link goes by http: ${url.slice(0, 200)}`));

// Unknown variables are told above, each by its name.
const compiling = ({ compiled }: Previewed): readonly ContentWarning[] =>
  compiled.warnings
    .filter((warning) => !warning.startsWith('unknown variable: '))
    .flatMap((warning) => when(true, 'COMPILED', warning));
