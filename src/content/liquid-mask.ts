import { Tokenizer, TokenKind } from 'liquidjs';

/** A piece of a template: words of the author, or Liquid between its delimiters. */
export interface Piece {
  readonly liquid: boolean;
  readonly begin: number;
  readonly end: number;
}

/** A private-use character: neither space, quote nor bracket, so that no HTML parser stops at it. */
export const MASK = '\uE002';

/** The pieces of a template, in order and without gaps; the template must parse. */
export function piecesOf(source: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { kind, begin, end } of new Tokenizer(source).readTopLevelTokens()) {
    if (kind !== TokenKind.Tag && kind !== TokenKind.Output) continue;
    if (begin > from) pieces.push({ liquid: false, begin: from, end: begin });
    pieces.push({ liquid: true, begin, end });
    from = end;
  }
  if (from < source.length) pieces.push({ liquid: false, begin: from, end: source.length });
  return pieces;
}

/** The source with its Liquid blotted out at the same offsets: what stands between `{{` and `}}` is no HTML. */
export const maskLiquid = (source: string, pieces: readonly Piece[] = piecesOf(source)): string =>
  pieces.map(({ liquid, begin, end }) => (liquid ? MASK.repeat(end - begin) : source.slice(begin, end))).join('');
