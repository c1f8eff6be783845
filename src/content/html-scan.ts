import { Parser } from 'htmlparser2';
import { MASK } from './liquid-mask';

/** A value between its quotes, by offsets. */
export interface Span {
  readonly begin: number;
  readonly end: number;
}

/** The places of an e-mail's HTML that the compiler cuts at. */
export interface HtmlPlaces {
  /** Values of `href` of links, in their order; those in comments (Outlook's conditional ones too) are not among them. */
  readonly hrefs: readonly Span[];
  /** After `<body …>`; at the beginning without one. */
  readonly bodyBegin: number;
  /** Before the last `</body>`; at the end without one. */
  readonly bodyEnd: number;
}

const VALUE = /[^\s=>]+\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/y;

/** For each open element the parser moves all others: 80,000 of them would take it seconds. */
export const DEEPEST = 1_000;

/** Reads masked HTML once. Throws a RangeError where elements are nested too deeply. Nothing is written anew: an HTML serialiser would lose what mail clients rely on. */
export function scanHtml(masked: string): HtmlPlaces {
  const hrefs: Span[] = [];
  let pending: Span[] = [];
  let bodyBegin = 0;
  let depth = 0;
  let bodyEnd = masked.length;
  const parser = new Parser(
    {
      onopentagname: () => {
        pending = [];
      },
      onattribute: (name) => {
        const span = name === 'href' ? valueAt(masked, parser.startIndex) : undefined;
        if (span) pending.push(span);
      },
      onopentag: (name) => {
        if (++depth > DEEPEST) throw new RangeError(`more than ${DEEPEST} elements in each other`);
        if (name === 'a' || name === 'area') hrefs.push(...pending.slice(0, 1));
        if (name === 'body') bodyBegin = parser.endIndex + 1;
      },
      onclosetag: (name, implied) => {
        depth--;
        if (name === 'body' && !implied) bodyEnd = parser.startIndex;
      },
    },
    { decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(masked);
  parser.end();
  return { hrefs, bodyBegin, bodyEnd: Math.max(bodyEnd, bodyBegin) };
}

/** The value of the attribute whose name begins there. */
export function valueAt(masked: string, from: number): Span | undefined {
  VALUE.lastIndex = from;
  const match = VALUE.exec(masked);
  if (!match) return undefined;
  const value = match[1] ?? match[2] ?? match[3] ?? '';
  const end = from + match[0].length - (match[3] === undefined ? 1 : 0);
  return { begin: end - value.length, end };
}

/** Whether Liquid takes part in a piece of masked text. */
export const hasLiquid = (masked: string): boolean => masked.includes(MASK);
