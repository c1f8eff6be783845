import { z } from 'zod';
import { DomainError } from '../shared/errors';
import { fromTemplate, line, text } from './field-shapes';
import { fieldsMedium } from './fields-medium';
import type { Medium } from './medium';
import { payloadLanguage } from './payload-language';
import { headers } from './webhook-headers';
import { webhookUrlMistake } from './webhook-url';

/** Of a template, and of what comes of it. */
const limits = { url: 2_000, template: 64_000, payload: 100_000 } as const;

export const webhookMethods = ['POST', 'PUT', 'PATCH'] as const;

const schema = z.strictObject({
  url: line(limits.url),
  method: z.enum(webhookMethods).default('POST'),
  headers: headers.default([]),
  payloadTemplate: text(limits.template).min(1),
  ...fromTemplate,
});

const request = fieldsMedium('webhook', schema, ({ url, method, headers: list, payloadTemplate }) => ({
  fields: [
    {
      path: ['payload'],
      writtenIn: ['payloadTemplate'],
      holds: 'data',
      required: true,
      mostCharacters: limits.payload,
      template: payloadTemplate,
      ...payloadLanguage(list),
    },
  ],
  constants: { url, method, headers: Object.fromEntries(list.map(({ name, value }) => [name, value])) },
}));

/** A request to a program: its payload is a template. Where it goes is the same for everybody, and judged here. */
export const webhook: Medium = {
  read(content, path, { webhookTargets }) {
    const checked = request.read(content, path, { webhookTargets });
    const mistake = webhookUrlMistake(String(checked.source.url), webhookTargets);
    if (mistake) throw new DomainError('CONTENT_WEBHOOK_URL', mistake, `${path}.url`);
    return checked;
  },
};
