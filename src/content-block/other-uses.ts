import { piecesOf } from '../content/liquid-mask';
import { type ParsedTemplate, variablesOf } from '../content/template-check';
import { DomainError } from '../shared/errors';
import { placeIn } from './block-reference';

/** A template as its author wrote it, and where in the input it stands. */
export interface WrittenTemplate {
  readonly template: string;
  readonly path: string;
}

/**
 * A block is put in its place before anything is rendered: it has no value that a filter, a condition or a loop could
 * have. Asked when every reference is filled in: what is left of `blocks` is something else.
 */
export function refuseOtherUses(whole: ParsedTemplate, { template, path }: WrittenTemplate): void {
  const left = variablesOf([whole]).find((name) => /^blocks(?:[.[]|$)/.test(name));
  if (left === undefined) return;
  const piece = piecesOf(template).find(({ liquid, begin, end }) => liquid && isOtherUse(template.slice(begin, end)));
  const where = piece ? ` (${placeIn(template, piece.begin)})` : '';
  const message = `a block stands as {{ blocks.name }} alone, without filters or conditions: ${left}`;
  throw new DomainError('CONTENT_TEMPLATE', `${message}${where}`, path);
}

const isOtherUse = (liquid: string): boolean =>
  /\bblocks\b/.test(liquid) && !/^\{\{-?\s*blocks\.[a-z][a-z0-9_]{0,63}\s*-?\}\}$/.test(liquid);
