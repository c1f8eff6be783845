import { decodeEntities } from '../content/html-entities';
import { attributeOf } from './rendered-tags';
import { isSameSite } from './sites';

/** A link that shows one site and leads to another: filters take it for phishing. */
export interface MisleadingLink {
  readonly shown: string;
  readonly url: string;
}

/** A loop can make one link 20,000 times; nobody reads on after the first ones. */
const MOST_TOLD = 20;

/**
 * Links of rendered HTML whose words are an address of another site: each once, the first 20. One pass, whatever a template
 * made of its tags.
 */
export function misleadingLinks(html: string): readonly MisleadingLink[] {
  const found = html
    .split(/<a(?=\s)/i)
    .slice(1)
    .flatMap(misleading);
  return [...new Map(found.map((link) => [`${link.shown} ${link.url}`, link])).values()].slice(0, MOST_TOLD);
}

function misleading(afterName: string): readonly MisleadingLink[] {
  const opened = afterName.indexOf('>');
  const closed = afterName.search(/<\/a\b/i);
  if (opened < 0 || closed < opened) return [];
  const url = attributeOf(afterName.slice(0, opened), 'href') ?? '';
  const shown = wordsOf(afterName.slice(opened + 1, closed));
  const [from, to] = [shownHost(shown), hostOf(url)];
  return from === undefined || to === undefined || isSameSite(from, to) ? [] : [{ shown, url }];
}

const wordsOf = (inner: string): string => decodeEntities(inner.replace(/<[^<>]*>/g, '')).trim();

/** Only words that are an address without doubt: `Node.js` is none. */
const shownHost = (words: string): string | undefined =>
  /^https?:\/\/\S+$/i.test(words) ? hostOf(words) : /^www\.\S+$/i.test(words) ? hostOf(`https://${words}`) : undefined;

const hostOf = (url: string): string | undefined =>
  /^https?:/i.test(url) && URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : undefined;
