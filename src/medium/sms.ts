import { z } from 'zod';
import { compileFields } from '../content/compile-fields';
import { contentHash } from '../shared/canonical-json';
import { fromTemplate, readFields, text } from './field-shapes';
import type { Medium } from './medium';

/** Segments are paid for one by one: whoever wants several says so. The template is longer than what comes of it. */
const limits = { template: 10_000, segments: 10 } as const;

const schema = z.strictObject({
  body: text(limits.template).min(1),
  maxSegments: z.number().int().min(1).max(limits.segments).default(1),
  ...fromTemplate,
});

/** A text message: its body is a template, and addresses in it are tracked. */
export const sms: Medium = {
  read(content, path) {
    const source = readFields(schema, content, path);
    const { body: template, maxSegments: mostSegments } = source;
    const body = { path: ['body'], holds: 'words', template, required: true, mostSegments } as const;
    const compiled = compileFields({ kind: 'sms', fields: [body] }, path);
    return { source, compiled, hash: contentHash({ kind: 'sms', source }) };
  },
};
