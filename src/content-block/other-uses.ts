import { piecesOf } from '../content/liquid-mask';
import { DomainError } from '../shared/errors';
import { blockReferences, placeIn } from './block-reference';

/** A template as its author wrote it, and where it stands in the input. */
interface Written {
  readonly text: string;
  readonly path: string;
}

/**
 * Refuses what uses blocks in any other way than `{{ blocks.name }}`: they are put in their places before anything is
 * rendered, so they have no value that a filter, a condition or a loop could have. `variables` is what is read when all
 * of them are in their places; `templates` are told the place by.
 */
export function refuseOtherUses(variables: readonly string[], templates: readonly Written[]): void {
  const left = variables.find((name) => /^blocks(?:[.[]|$)/.test(name));
  if (left === undefined) return;
  const [first] = templates.flatMap(({ text, path }) => {
    const offset = otherUseIn(text);
    return offset === undefined ? [] : [{ path, where: ` (${placeIn(text, offset)})` }];
  });
  const message = `a block stands as {{ blocks.name }} alone, without filters or conditions: ${left}`;
  throw new DomainError('CONTENT_TEMPLATE', `${message}${first?.where ?? ''}`, first?.path ?? templates[0]?.path);
}

function otherUseIn(template: string): number | undefined {
  const references = new Set(blockReferences(template).map(({ begin }) => begin));
  return piecesOf(template).find(
    ({ liquid, begin, end }) => liquid && !references.has(begin) && /\bblocks\b/.test(template.slice(begin, end)),
  )?.begin;
}
