import type { Context } from 'liquidjs';
import { piecesBetweenPlaces } from './compiled-email';
import { fixedText, type Page } from './page';

/** A piece of a template that writes itself. */
export type Write = (context: Context, page: Page) => void;

/** Words of the author. Links and the open pixel are found in them here, once, and not in each person's mail. */
export function compileText(text: string): Write {
  const pieces = piecesBetweenPlaces(text).map(compilePiece);
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  return (context, page) => {
    for (const piece of pieces) piece(context, page);
  };
}

function compilePiece(piece: ReturnType<typeof piecesBetweenPlaces>[number]): Write {
  if (piece === 'pixel') return (_, page) => page.pixel();
  if (typeof piece === 'number') return (_, page) => page.link(piece);
  const text = fixedText(piece.text);
  return (_, page) => page.fixed(text);
}
