import { DomainError } from '../shared/errors';
import type { CompiledField } from './compiled-content';
import { fillPlaceholders } from './compiled-email';
import { judgeField } from './field-judgement';
import { piecesOf } from './liquid-mask';

/**
 * Refuses a text that is too long for everybody: what a template says in any case already is. Conditions may leave out
 * anything, and a dash beside Liquid takes spaces away: of such a template nothing is known before it is rendered. Nor
 * is it known how long a link becomes.
 */
export function refuseTooLong(field: CompiledField, path: string): void {
  const least = leastText(field.template);
  const failure = least === undefined || least === '' ? undefined : judgeField({ ...field, json: false }, least);
  if (failure) throw new DomainError('CONTENT_INVALID', failure.message, path);
}

/** The words that are there for everybody; undefined where that cannot be told. */
function leastText(template: string): string | undefined {
  const pieces = piecesOf(template).map(({ liquid, begin, end }) => ({ liquid, text: template.slice(begin, end) }));
  if (pieces.some(({ liquid, text }) => liquid && !/^\{\{[^-][\s\S]*[^-]\}\}$/.test(text))) return undefined;
  const words = pieces.flatMap(({ liquid, text }) => (liquid ? [] : [text])).join('');
  return fillPlaceholders(
    words,
    () => '',
    () => '',
  ).trim();
}
