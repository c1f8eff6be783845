import { z } from 'zod';
import { fromTemplate, line, text } from './field-shapes';
import { fieldsMedium } from './fields-medium';

const limits = { template: 10_000, body: 1_600, providerTemplateId: 512 } as const;

const schema = z.strictObject({
  body: text(limits.template).min(1),
  // WhatsApp's own: whoever has not written first may be sent only what WhatsApp approved.
  providerTemplateId: line(limits.providerTemplateId).min(1).optional(),
  ...fromTemplate,
});

/** A message by WhatsApp: its body is a template, and addresses in it are tracked. */
export const whatsapp = fieldsMedium('whatsapp', schema, ({ body, providerTemplateId }) => ({
  fields: [{ path: ['body'], holds: 'words', required: true, mostCharacters: limits.body, template: body }],
  constants: providerTemplateId === undefined ? {} : { providerTemplateId },
}));
