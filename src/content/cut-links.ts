import { type CompiledLink, linkPlaceholder } from './compiled-email';
import { hasLiquid } from './html-scan';
import { maskLiquid } from './liquid-mask';

/** A text whose links were cut out. */
export interface CutText {
  /** With a placeholder where a link stood. */
  readonly template: string;
  readonly links: readonly CompiledLink[];
  readonly warnings: readonly string[];
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\\^{|}]+/gi;
/** What ends a sentence ends no address. */
const AFTER = /[.,;:!?…)\]*_~]+$/;

/**
 * Finds the addresses in a text that is no HTML, and cuts out those that are the same for everybody: a click leads to what
 * the template says, and nowhere else. `first` is the number of the first link.
 */
export function cutTextLinks(text: string, first: number): CutText {
  const masked = maskLiquid(text);
  const links: CompiledLink[] = [];
  const warnings: string[] = [];
  let template = '';
  let from = 0;
  for (const found of masked.matchAll(ADDRESS)) {
    const url = withoutEnd(text.slice(found.index, found.index + found[0].length));
    if (hasLiquid(found[0])) warnings.push(untracked(url));
    if (hasLiquid(found[0]) || !URL.canParse(url)) continue;
    const no = first + links.length;
    links.push({ no, href: url, url });
    template += text.slice(from, found.index) + linkPlaceholder(no);
    from = found.index + url.length;
  }
  return { template: template + text.slice(from), links, warnings };
}

const untracked = (url: string): string =>
  `link is not tracked, its address depends on the person: ${url.slice(0, 200)}`;

/** `https://a.example/b_(c)` keeps its bracket, and `(https://a.example)` loses the one that is not its own. */
function withoutEnd(found: string): string {
  const end = AFTER.exec(found);
  if (!end) return found;
  const bare = found.slice(0, end.index);
  const open = bare.split('(').length - bare.split(')').length;
  return open > 0 && end[0].startsWith(')') ? `${bare})` : bare;
}
