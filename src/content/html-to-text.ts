import { Parser } from 'htmlparser2';
import { decodeEntities } from './html-entities';
import { MASK } from './liquid-mask';

/** What stands for a link's address in the text: by the offset of its `href` value in the HTML. */
export type LinkText = (elementBegin: number, elementEnd: number) => string | undefined;

const SILENT = new Set(['head', 'style', 'script', 'title', 'template']);
const BLOCKS = /^(?:p|div|tr|table|ul|ol|h[1-6]|section|article|header|footer|blockquote|hr)$/;

/**
 * Makes the text part's template from the HTML's: Liquid stays, markup goes, links keep their address behind their words.
 * `masked` and `html` have the same offsets.
 */
export function htmlToText(html: string, masked: string, linkText: LinkText): string {
  const text: string[] = [];
  const links: (string | undefined)[] = [];
  let silent = 0;
  const parser = new Parser(
    {
      onopentag: (name) => {
        if (SILENT.has(name)) silent++;
        if (name === 'a') links.push(linkText(parser.startIndex, parser.endIndex));
        text.push(opening(name));
      },
      ontext: () => {
        if (silent === 0) text.push(words(html, masked, parser.startIndex, parser.endIndex + 1));
      },
      onclosetag: (name) => {
        if (SILENT.has(name)) silent--;
        const link = name === 'a' ? links.pop() : undefined;
        text.push(link ? ` (${link})` : closing(name));
      },
    },
    { decodeEntities: false },
  );
  parser.write(masked);
  parser.end();
  return tidy(text.join(''));
}

const opening = (name: string): string => (name === 'br' ? '\n' : name === 'li' ? '\n- ' : closing(name));
const closing = (name: string): string => (BLOCKS.test(name) ? '\n\n' : name === 'td' || name === 'th' ? ' ' : '');

const RUNS = new RegExp(`${MASK}+|[^${MASK}]+`, 'g');

function words(html: string, masked: string, begin: number, end: number): string {
  let found = '';
  let at = begin;
  for (const [run] of masked.slice(begin, end).matchAll(RUNS)) {
    found += run.startsWith(MASK) ? html.slice(at, at + run.length) : decodeEntities(run.replace(/\s+/g, ' '));
    at += run.length;
  }
  return found;
}

const tidy = (text: string): string =>
  text
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/ {2,}/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
