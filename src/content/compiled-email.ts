/** A link of a template. `href` stands as its author wrote it between the quotes, entities and all. */
export interface CompiledLink {
  readonly no: number;
  readonly href: string;
  /** Where a click leads: the only place a token of this link may ever lead to (P-34). */
  readonly url: string;
}

/**
 * An e-mail whose templates were checked and whose links were cut out, as plain data (column `content.compiled`).
 * In html and text a placeholder stands where a link or the open pixel goes.
 */
export interface CompiledEmail {
  readonly kind?: 'email';
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly senderName?: string;
  readonly senderEmail?: string;
  readonly replyTo?: string;
  readonly links: readonly CompiledLink[];
  /** What the templates read from their scope, each name once. */
  readonly variables: readonly string[];
  /** Tags that are not compiled to functions: liquidjs renders them itself, at about ten times the cost. */
  readonly interpreted: readonly string[];
  readonly warnings: readonly string[];
}

// Private-use characters: they mean nothing in HTML or Liquid, and the compiler refuses sources that hold them.
const OPEN = '\uE000';
const CLOSE = '\uE001';
const PIXEL = 'o';

/** Characters that only the compiler may write. */
export const RESERVED = /[\uE000-\uE002]/;

export const linkPlaceholder = (no: number): string => `${OPEN}${no}${CLOSE}`;
export const pixelPlaceholder = `${OPEN}${PIXEL}${CLOSE}`;

/** Fills what the compiler cut out. A single pass, whatever the number of links. */
export function fillPlaceholders(rendered: string, link: (no: number) => string, pixel: () => string): string {
  let filled = '';
  let from = 0;
  for (let at = rendered.indexOf(OPEN); at >= 0; at = rendered.indexOf(OPEN, from)) {
    const end = rendered.indexOf(CLOSE, at);
    if (end < 0) break;
    const name = rendered.slice(at + 1, end);
    filled += rendered.slice(from, at) + (name === PIXEL ? pixel() : link(Number(name)));
    from = end + 1;
  }
  return from === 0 ? rendered : filled + rendered.slice(from);
}

/** Words between places, the number of a link, or the pixel. */
export type Piece = { readonly text: string } | number | 'pixel';

/** The same cuts, for one who fills them many times. */
export function piecesBetweenPlaces(text: string): Piece[] {
  const split = text.split(/\uE000(\d+|o)\uE001/);
  return split
    .map((part, at): Piece => (at % 2 === 0 ? { text: part } : part === PIXEL ? 'pixel' : Number(part)))
    .filter((piece) => typeof piece !== 'object' || piece.text !== '');
}
