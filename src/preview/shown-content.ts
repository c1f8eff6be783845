import { type CompiledContent, type CompiledField, isCompiledEmail } from '../content/compiled-content';
import { judgeField, judgeSize } from '../content/field-judgement';
import { isRenderedEmail, type RenderedContent } from '../content/rendered-content';

/**
 * The same content without what would keep it from being sent: who looks at it sees what came of it, and is told why nobody
 * would get it.
 */
export function unjudged(compiled: CompiledContent): CompiledContent {
  const locales = compiled.locales && {
    locales: Object.fromEntries(Object.entries(compiled.locales).map(([locale, one]) => [locale, unjudged(one)])),
  };
  if (isCompiledEmail(compiled)) return { ...compiled, ...locales };
  const { mostBytes: _, ...rest } = compiled;
  return { ...rest, ...locales, fields: compiled.fields.map(unjudgedField) };
}

const unjudgedField = ({ path, dialect, template, oneLine }: CompiledField): CompiledField => ({
  path,
  dialect,
  template,
  ...(oneLine !== undefined && { oneLine }),
});

/** Why this person would not be sent what was rendered. */
export function refusalsOf(compiled: CompiledContent, content: RenderedContent): readonly string[] {
  if (isCompiledEmail(compiled) || isRenderedEmail(content)) return [];
  const { fields, mostBytes } = compiled;
  const judged = fields.map((field) => judgeField(field, textAt(content.fields, field.path)));
  const whole = judgeSize(Buffer.from(content.json).toString(), mostBytes);
  return [...judged, whole].flatMap((failure) => (failure ? [failure.message] : []));
}

/** A text of what was rendered; empty when it was left out. */
export function textAt(fields: Readonly<Record<string, unknown>>, path: readonly string[]): string {
  const found = path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    fields,
  );
  return typeof found === 'string' ? found : '';
}
