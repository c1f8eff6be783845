import { Parser } from 'htmlparser2';
import { decodeEntities } from './html-entities';
import { type Span, valueAt } from './html-scan';
import { MASK } from './liquid-mask';
import { TextLists } from './text-lists';

/** Where a link leads: as its author wrote it, and what stands for that in the text. */
export interface LinkText {
  readonly url: string;
  readonly shown: string;
}

/** The link of an element of the HTML, by the element's offsets; undefined where it leads nowhere else. */
export type LinkTextAt = (elementBegin: number, elementEnd: number) => LinkText | undefined;

const SILENT = new Set(['head', 'style', 'script', 'title', 'template']);
const BLOCKS =
  /^(?:p|div|table|dl|h[1-6]|section|article|header|footer|main|nav|aside|address|figure|figcaption|form|fieldset|center|caption|pre|blockquote|hr)$/;
const LINES = /^(?:br|tr|dt|dd)$/;
const HIDDEN = /(?:^|[\s;])display\s*:\s*none\b/i;

/** An element whose end has not come yet. */
interface Open {
  readonly silent: boolean;
  /** Of a link, where in the text its words begin. */
  readonly link?: (LinkText & { readonly from: number }) | undefined;
}

/**
 * Makes the text part's template from the HTML's: Liquid stays, markup goes, what is not shown goes too, images are their
 * `alt`, and links keep their address behind their words. `masked` and `html` have the same offsets.
 */
export function htmlToText(html: string, masked: string, linkAt: LinkTextAt): string {
  const text: string[] = [];
  const open: Open[] = [];
  const lists = new TextLists();
  let attributes: { alt?: Span | undefined; hidden?: boolean } = {};
  const isSilent = () => open.at(-1)?.silent ?? false;
  const parser = new Parser(
    {
      onopentagname: () => {
        attributes = {};
      },
      onattribute: (name, value) => {
        if (name === 'alt') attributes.alt = valueAt(masked, parser.startIndex);
        if (name === 'style' && HIDDEN.test(value)) attributes.hidden = true;
      },
      onopentag: (name) => {
        const silent = isSilent() || SILENT.has(name) || attributes.hidden === true;
        const found = name === 'a' && !silent ? linkAt(parser.startIndex, parser.endIndex) : undefined;
        if (!silent) text.push(lists.open(name) ?? beginOf(name));
        open.push({ silent, link: found && { ...found, from: text.length } });
        const { alt } = attributes;
        if (name === 'img' && alt && !silent) text.push(words(html, masked, alt));
      },
      ontext: () => {
        if (isSilent()) return;
        const span = { begin: parser.startIndex, end: parser.endIndex + 1 };
        lists.read(html.slice(span.begin, span.end));
        text.push(words(html, masked, span));
      },
      onclosetag: (name) => {
        const closed = open.pop();
        if (closed?.link) text.push(linked(text.splice(closed.link.from).join(''), closed.link));
        else if (!closed?.silent) text.push(lists.close(name) ?? endOf(name));
      },
    },
    { decodeEntities: false },
  );
  parser.write(masked);
  parser.end();
  return tidy(text.join(''));
}

const endOf = (name: string): string => (BLOCKS.test(name) ? '\n\n' : name === 'td' || name === 'th' ? ' ' : '');
const beginOf = (name: string): string => (LINES.test(name) ? '\n' : endOf(name));

/** An address that stands there already is not said twice; breaks within the link stay round both. */
function linked(own: string, { url, shown }: LinkText): string {
  const said = own.trim();
  const [before, after] = [own.slice(0, own.length - own.trimStart().length), own.slice(own.trimEnd().length)];
  return `${before}${said === '' || bare(said) === bare(url) ? shown : `${said} (${shown})`}${after}`;
}

const bare = (address: string): string =>
  address
    .replace(/^https?:\/\//i, '')
    .replace(/\/$/, '')
    .toLowerCase();

const RUNS = new RegExp(`${MASK}+|[^${MASK}]+`, 'g');
// Senders fill up what mail programs show beside the subject with these; joiners within words are letters of theirs.
const FILLING = /\u034F|[\u00AD\u200B\u2060\uFEFF]/g;
const LOOSE_JOINERS = /(?<![^\s\u200C\u200D])[\u200C\u200D]+(?![^\s\u200C\u200D])/g;

function words(html: string, masked: string, { begin, end }: Span): string {
  let found = '';
  let at = begin;
  for (const [run] of masked.slice(begin, end).matchAll(RUNS)) {
    found += run.startsWith(MASK) ? html.slice(at, at + run.length) : plain(run);
    at += run.length;
  }
  return found;
}

const plain = (run: string): string =>
  decodeEntities(run.replace(/\s+/g, ' ')).replace(FILLING, '').replace(LOOSE_JOINERS, '').replaceAll('\u00A0', ' ');

const tidy = (text: string): string =>
  text
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/ {2,}/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
