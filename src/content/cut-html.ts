import { type CompiledLink, linkPlaceholder, pixelPlaceholder } from './compiled-email';
import { decodeEntities, escapeHtml } from './html-entities';
import { type HtmlPlaces, hasLiquid, type Span, scanHtml } from './html-scan';
import { htmlToText, type LinkText } from './html-to-text';
import { maskLiquid, piecesOf } from './liquid-mask';

export interface CutHtml {
  /** With placeholders for links and the open pixel. */
  readonly html: string;
  /** The template of a text part that says the same. */
  readonly madeText: string;
  readonly links: readonly CompiledLink[];
  readonly warnings: readonly string[];
}

interface Edit extends Span {
  readonly text: string;
}

// Ours, and the same for every person: no click needs to be told through another link.
const OWN_LINK = /^\s*\{\{-?\s*(?:unsubscribe_url|view_in_browser_url)\s*-?\}\}\s*$/;

/** Cuts at offsets and pastes: everything else of the HTML stays as it was written, byte for byte. */
export function cutHtml(html: string, preheader?: string): CutHtml {
  const masked = maskLiquid(html);
  const places = scanHtml(masked);
  const found = places.hrefs.map((span) => ({ span, href: html.slice(span.begin, span.end) }));
  const tracked = found.filter(({ span }) => isTrackable(html, masked, span));
  const links = tracked.map(({ href }, index) => ({ no: index + 1, href, url: decodeEntities(href).trim() }));
  const edits = tracked.map(({ span }, index): Edit => ({ ...span, text: linkPlaceholder(index + 1) }));
  const untracked = found.filter(
    ({ span, href }) => hasLiquid(masked.slice(span.begin, span.end)) && !OWN_LINK.test(href),
  );
  return {
    html: paste(html, [...edits, ...additions(places, preheader)]),
    madeText: htmlToText(html, masked, linkTextOf(html, places, edits)),
    links,
    warnings: untracked.map(
      ({ href }) => `link is not tracked, its address depends on the person: ${href.slice(0, 200)}`,
    ),
  };
}

/** Only an address that is the same for everybody: a click leads to what the template says, and nowhere else. */
function isTrackable(html: string, masked: string, { begin, end }: Span): boolean {
  if (hasLiquid(masked.slice(begin, end))) return false;
  const url = decodeEntities(html.slice(begin, end)).trim();
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

function additions({ bodyBegin, bodyEnd }: HtmlPlaces, preheader: string | undefined): Edit[] {
  const pixel = { begin: bodyEnd, end: bodyEnd, text: pixelPlaceholder };
  if (!preheader) return [pixel];
  return [{ begin: bodyBegin, end: bodyBegin, text: hidden(preheader) }, pixel];
}

// Mail clients show it beside the subject. Its words are escaped here, its Liquid when it is rendered.
function hidden(preheader: string): string {
  const words = piecesOf(preheader).map(({ liquid, begin, end }) => {
    const piece = preheader.slice(begin, end);
    return liquid ? piece : escapeHtml(piece);
  });
  return `<div style="display:none;max-height:0;overflow:hidden">${words.join('')}</div>`;
}

function paste(html: string, edits: readonly Edit[]): string {
  let pasted = '';
  let from = 0;
  for (const { begin, end, text } of edits.toSorted((a, b) => a.begin - b.begin)) {
    pasted += html.slice(from, begin) + text;
    from = end;
  }
  return pasted + html.slice(from);
}

function linkTextOf(html: string, { hrefs }: HtmlPlaces, edits: readonly Edit[]) {
  const placeholders = new Map(edits.map(({ begin, text }) => [begin, text]));
  return (elementBegin: number, elementEnd: number): LinkText | undefined => {
    const span = hrefs.find(({ begin, end }) => begin >= elementBegin && end <= elementEnd);
    const url = span && decodeEntities(html.slice(span.begin, span.end)).trim();
    if (!span || !url || NOWHERE.test(url)) return undefined;
    const said = url.replace(PERSONAL, '$1');
    return { url: said, shown: placeholders.get(span.begin) ?? said };
  };
}

/** Within the mail itself, or into a program that no mail may run. */
const NOWHERE = /^(?:#|javascript:)/i;
/** Who reads a text wants the address or the number alone. */
const PERSONAL = /^(?:mailto|tel|sms):([^?]+).*$/is;
