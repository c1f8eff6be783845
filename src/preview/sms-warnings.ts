import type { RenderedFields } from '../content/rendered-fields';
import { outsideGsm, smsSize } from '../content/sms-segments';
import { type ContentWarning, type Previewed, when } from './content-warning';
import { textAt } from './shown-content';
import { isShortened } from './sites';

/** Characters of an address that leave room for words beside it. */
const LONG_LINK = 40;
/** Characters that are named one by one. */
const MOST_NAMED = 5;

/** Words by which people learn how to end it. */
const WAY_OUT = /(?<!\p{L})(?:stop|stopp|arr[eê]t|baja|cancel|opt.?out|unsubscribe|abmelden|parar)(?!\p{L})/iu;

/** What one who knows text messages would say; of a message by WhatsApp what holds for it, too. */
export function smsWarnings(content: RenderedFields, { compiled, commercial }: Previewed): readonly ContentWarning[] {
  const body = textAt(content.fields, ['body']);
  const ofSms = content.kind === 'sms' ? [...segments(body), ...longLinks(body)] : [];
  return [
    ...ofSms,
    ...compiled.links
      .filter(({ url }) => isShortened(url))
      .flatMap(({ url }) => when(true, 'LINK_SHORTENED', `carriers drop what holds links of a shortener: ${url}`)),
    ...when(
      commercial && !WAY_OUT.test(body) && !compiled.variables.includes('unsubscribe_url'),
      'OPT_OUT_MISSING',
      'a commercial message says how to end it, such as: Reply STOP to end',
    ),
  ];
}

function segments(body: string): readonly ContentWarning[] {
  const size = smsSize(body);
  const foreign = outsideGsm(body);
  return [
    ...when(size.segments > 1, 'SMS_SEGMENTS', `it takes ${size.segments} segments, and each is paid for`),
    ...when(foreign.length > 0, 'SMS_UNICODE', unicode(foreign)),
  ];
}

function unicode(foreign: readonly string[]): string {
  const named = foreign.slice(0, MOST_NAMED).map((character) => `${character} (${codeOf(character)})`);
  const more = foreign.length > MOST_NAMED ? ` and ${foreign.length - MOST_NAMED} more` : '';
  return `a segment holds 70 characters and not 160, for it has ${named.join(', ')}${more}`;
}

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const longLinks = (body: string): readonly ContentWarning[] =>
  [...body.matchAll(/\bhttps?:\/\/\S+/gi)]
    .filter(([link]) => link.length > LONG_LINK)
    .flatMap(([link]) => when(true, 'LINK_LONG', `a link takes ${link.length} characters: ${link.slice(0, 100)}`));
