import { z } from 'zod';
import { fromTemplate, text } from './field-shapes';
import { fieldsMedium } from './fields-medium';

/** Segments are paid for one by one: whoever wants several says so. The template is longer than what comes of it. */
const limits = { template: 10_000, segments: 10 } as const;

const schema = z.strictObject({
  body: text(limits.template).min(1),
  maxSegments: z.number().int().min(1).max(limits.segments).default(1),
  ...fromTemplate,
});

/** A text message: its body is a template, and addresses in it are tracked. */
export const sms = fieldsMedium('sms', schema, ({ body, maxSegments }) => ({
  fields: [{ path: ['body'], holds: 'words', required: true, mostSegments: maxSegments, template: body }],
}));
