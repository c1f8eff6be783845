import type { CompiledContent } from '../content/compiled-content';
import { piecesOf } from '../content/liquid-mask';
import { unknownVariables } from '../content/template-variables';
import { placeIn } from '../content-block/block-reference';
import { DomainError } from '../shared/errors';
import type { ChannelKind } from '../shared/ledger-codes';
import { type PlacedText, partsOf, textsOf } from './whole-content';

/** Content as it is kept, and where in the input it stands. */
export interface JudgedContent {
  readonly content: Readonly<Record<string, unknown>>;
  readonly path: string;
}

// Its cells are written by liquidjs, which asks nobody whether there is something in them.
const UNSEEN = 'tablerow';

/** Refuses content of a strict campaign that speaks of what nobody ever has, with its place. */
export function judgeStrict(kind: ChannelKind, compiled: CompiledContent, judged: JudgedContent): void {
  refuseVariables(unknownVariables(compiled.variables, kind), judged);
  if (!compiled.interpreted.includes(UNSEEN)) return;
  const message = 'a strict campaign cannot look into {% tablerow %}: write its rows with {% for %}';
  throw new DomainError('CONTENT_TEMPLATE', message, judged.path);
}

/** Refuses the first of these variables, where it stands. */
export function refuseVariables([first]: readonly string[], { content, path }: JudgedContent): void {
  if (first === undefined) return;
  const found = findIn(textsOf(content, path), first);
  const block = found ? undefined : findIn(textsOfBlocks(content), first);
  const where = found ?? block;
  const place = where ? ` (${block ? `in the block ${block.path}, ` : ''}${placeIn(where.text, where.offset)})` : '';
  throw new DomainError('CONTENT_TEMPLATE', `nobody ever has {{ ${first} }}${place}`, found?.path ?? path);
}

const textsOfBlocks = (content: JudgedContent['content']): readonly PlacedText[] =>
  Object.entries(partsOf(content).pinned.blocks ?? {}).map(([key, block]) => ({ path: key, text: block.content }));

function findIn(texts: readonly PlacedText[], variable: string): (PlacedText & { offset: number }) | undefined {
  for (const placed of texts) {
    const piece = piecesOf(placed.text).find(
      ({ liquid, begin, end }) => liquid && placed.text.slice(begin, end).includes(variable),
    );
    if (piece) return { ...placed, offset: piece.begin };
  }
  return undefined;
}
