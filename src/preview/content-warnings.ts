import type { CompiledEmail } from '../content/compiled-email';
import type { RenderedEmail } from '../content/rendered-email';
import { unknownVariables } from '../content/template-variables';
import { isPersonal } from '../launch-plan/missing-variable';
import { localizedKeyOf } from '../localization/localized-keys';
import { misleadingLinks } from './misleading-links';
import type { Person } from './preview-person';

/** What one who knows mail would say before it is sent; none of it forbids a start but the missing unsubscribe link. */
export const contentWarnings = [
  'VARIABLE_UNKNOWN',
  'VARIABLE_MISSING',
  'UNSUBSCRIBE_LINK_MISSING',
  'SUBJECT_EMPTY',
  'SUBJECT_LONG',
  'SUBJECT_CAPITALS',
  'HTML_LARGE',
  'IMAGE_WITHOUT_TEXT',
  'MOSTLY_IMAGES',
  'IMAGE_INSECURE',
  'LINK_INSECURE',
  'LINK_MISLEADING',
  'COMPILED',
] as const;
export type ContentWarningCode = (typeof contentWarnings)[number];

export interface ContentWarning {
  readonly code: ContentWarningCode;
  readonly message: string;
}

/** Where mail programs begin to cut: characters of a subject, bytes of HTML (webmails clip at 102 KB); where filters begin to doubt. */
const limits = { subject: 70, htmlBytes: 102_400, words: 100, capitals: 10 } as const;

export interface Previewed {
  readonly compiled: CompiledEmail;
  readonly email: RenderedEmail;
  readonly person: Person;
  /** Nobody needs a way out of what they asked for. */
  readonly commercial: boolean;
}

type Judge = (previewed: Previewed) => readonly ContentWarning[];

/** Everything that there is to say, in one order. */
export const warningsOf = (previewed: Previewed): readonly ContentWarning[] =>
  [variables, wayOut, subject, body, links, compiling].flatMap((judge) => judge(previewed));

const when = (holds: boolean, code: ContentWarningCode, message: string): readonly ContentWarning[] =>
  holds ? [{ code, message }] : [];

const variables: Judge = ({ compiled, person }) => [
  ...unknownVariables(compiled.variables).flatMap((name) =>
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

const wayOut: Judge = ({ compiled, commercial }) =>
  when(
    commercial && !compiled.variables.includes('unsubscribe_url'),
    'UNSUBSCRIBE_LINK_MISSING',
    'commercial e-mail needs {{ unsubscribe_url }}: a start would be refused',
  );

const subject: Judge = ({ email: { subject: line } }) => [
  ...when(line.trim() === '', 'SUBJECT_EMPTY', 'the subject is empty for this person'),
  ...when(
    line.length > limits.subject,
    'SUBJECT_LONG',
    `the subject has ${line.length} characters: most mail programs show ${limits.subject} or fewer`,
  ),
  ...when(isShouted(line), 'SUBJECT_CAPITALS', 'the subject is all in capitals: filters take that for spam'),
];

/** Scripts without small letters shout nothing. */
const isShouted = (line: string): boolean =>
  line === line.toUpperCase() && (line.match(/\p{Lu}/gu) ?? []).length >= limits.capitals;

const body: Judge = ({ email: { html, text } }) => {
  // Not past the next `<`: a template can make any number of tags without an end, and each would be searched to the last.
  const images = html.match(/<img\b[^<>]*>/gi) ?? [];
  const silent = images.filter((image) => !/\salt\s*=/i.test(image)).length;
  const insecure = images.filter((image) => /\ssrc\s*=\s*["']?\s*http:/i.test(image)).length;
  const bytes = Buffer.byteLength(html);
  return [
    ...when(bytes > limits.htmlBytes, 'HTML_LARGE', `the html has ${bytes} bytes: webmails cut at ${limits.htmlBytes}`),
    ...when(silent > 0, 'IMAGE_WITHOUT_TEXT', `${silent} images have no alt: where images are off, nothing is there`),
    ...when(
      images.length > 0 && text.trim().length < limits.words,
      'MOSTLY_IMAGES',
      `images and fewer than ${limits.words} characters of text: filters take that for spam`,
    ),
    ...when(insecure > 0, 'IMAGE_INSECURE', `${insecure} images come by http: many mail programs leave them out`),
  ];
};

const links: Judge = ({ compiled, email }) => [
  ...compiled.links
    .filter(({ url }) => url.startsWith('http:'))
    .flatMap(({ url }) => when(true, 'LINK_INSECURE', `a link goes by http: ${url.slice(0, 200)}`)),
  ...misleadingLinks(email.html).flatMap(({ shown, url }) =>
    when(true, 'LINK_MISLEADING', `a link shows ${shown.slice(0, 100)} and leads to ${url.slice(0, 200)}`),
  ),
];

// Unknown variables are told above, each by its name.
const compiling: Judge = ({ compiled }) =>
  compiled.warnings
    .filter((warning) => !warning.startsWith('unknown variable: '))
    .flatMap((warning) => when(true, 'COMPILED', warning));
