import { DomainError } from '../shared/errors';
import type { CompiledField } from './compiled-content';
import { fillPlaceholders } from './compiled-email';
import { judgeField } from './field-judgement';
import { piecesOf } from './liquid-mask';

/**
 * Refuses a text that could be sent to nobody: what a template says in any case is too long already; or there is no Liquid in
 * it, and it is not the JSON that it must be. Conditions may leave out anything, and a dash beside Liquid takes spaces away:
 * of such a template nothing is known before it is rendered. Nor is it known how long a link becomes.
 */
export function refuseHopeless(field: CompiledField, path: string): void {
  const least = leastText(field.template);
  const failure =
    least === undefined || least === ''
      ? undefined
      : judgeField({ ...field, json: field.json === true && !hasOutputs(field.template) }, least);
  if (failure) throw new DomainError('CONTENT_INVALID', failure.message, path);
}

const hasOutputs = (template: string): boolean => piecesOf(template).some(({ liquid }) => liquid);

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
