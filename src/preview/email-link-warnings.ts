import type { RenderedEmail } from '../content/rendered-email';
import { type ContentWarning, type ContentWarningCode, when } from './content-warning';
import { misleadingLinks } from './misleading-links';
import { attributeOf, tagsOf } from './rendered-tags';
import { isShortened } from './sites';

/** A loop can make one link 20,000 times; nobody reads on after the first ones. */
const MOST_TOLD = 20;
const LINKS: ReadonlySet<string> = new Set(['a', 'area']);
const TOLD = 200;

/** What one who knows mail would say of where its links lead, those that depend on the person too. */
export function linkWarnings({ html }: RenderedEmail): readonly ContentWarning[] {
  const urls = new Set(tagsOf(html, LINKS).flatMap(({ attributes }) => attributeOf(attributes, 'href') ?? []));
  const some = (code: ContentWarningCode, holds: (url: string) => boolean, say: (url: string) => string) =>
    [...urls]
      .filter(holds)
      .slice(0, MOST_TOLD)
      .flatMap((url) => when(true, code, say(url.slice(0, TOLD))));
  return [
    ...some('LINK_BROKEN', isBroken, (url) => `a link leads nowhere from a mail: ${url === '' ? 'it is empty' : url}`),
    ...some('LINK_SHORTENED', isShortened, (url) => `filters distrust links of a shortener: ${url}`),
    ...some('LINK_NUMERIC', isNumeric, (url) => `a link leads to a bare number, as in phishing: ${url}`),
    ...misleadingLinks(html).flatMap(({ shown, url }) =>
      when(true, 'LINK_MISLEADING', `a link shows ${shown.slice(0, 100)} and leads to ${url.slice(0, TOLD)}`),
    ),
  ];
}

/** Neither a whole address of the web, nor of a person or a telephone, nor a place in the mail itself. */
const isBroken = (url: string): boolean =>
  /^https?:/i.test(url) ? !URL.canParse(url) : !/^(?:(?:mailto|tel|sms):[^?\s]|#\S)/i.test(url);

const isNumeric = (url: string): boolean =>
  /^https?:/i.test(url) && /^(?:\[.*\]|\d+(?:\.\d+){3})$/.test(URL.parse(url)?.hostname ?? '');
