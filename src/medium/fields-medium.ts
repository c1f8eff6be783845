import type { z } from 'zod';
import { compileFields, type FieldSource, type FieldsSource } from '../content/compile-fields';
import type { FieldKind } from '../content/compiled-content';
import { contentHash } from '../shared/canonical-json';
import { readFields } from './field-shapes';
import type { Medium } from './medium';

/** What of a medium's content is a template, and what is the same for everybody. */
export type ToFields<Source> = (source: Source) => Omit<FieldsSource, 'kind' | 'fields'> & {
  readonly fields: readonly MaybeField[];
};

/** A text that its author may have left out. */
export interface MaybeField extends Omit<FieldSource, 'template'> {
  readonly template: string | undefined;
}

/** A medium of texts in named fields. */
export const fieldsMedium = <Source extends Readonly<Record<string, unknown>>>(
  kind: FieldKind,
  schema: z.ZodType<Source>,
  toFields: ToFields<Source>,
): Medium => ({
  read(content, path) {
    const source = readFields(schema, content, path);
    const { fields, ...rest } = toFields(source);
    const given = fields.filter((field): field is FieldSource => field.template !== undefined);
    const compiled = compileFields({ kind, fields: given, ...rest }, path);
    return { source, compiled, hash: contentHash({ kind, source }) };
  },
});
