import { z } from 'zod';
import type { FieldKind } from '../content/compiled-content';
import { address, fromTemplate, line, text } from './field-shapes';
import { fieldsMedium } from './fields-medium';

/** Of templates, and of what comes of them. */
const limits = { template: 10_000, title: 255, body: 4_000 } as const;

const schema = z.strictObject({
  title: line(limits.template).min(1),
  body: text(limits.template).min(1).optional(),
  imageUrl: address.optional(),
  actionUrl: address.optional(),
  ...fromTemplate,
});

/** What stands in a place on a page, in a network or in bought space. */
const placement = (kind: FieldKind) =>
  fieldsMedium(kind, schema, ({ title, body, imageUrl, actionUrl }) => ({
    fields: [
      { path: ['title'], holds: 'words', oneLine: true, required: true, mostCharacters: limits.title, template: title },
      { path: ['body'], holds: 'words', mostCharacters: limits.body, template: body },
      { path: ['imageUrl'], holds: 'image', oneLine: true, template: imageUrl },
      { path: ['actionUrl'], holds: 'link', oneLine: true, template: actionUrl },
    ],
  }));

export const web = placement('web');
export const social = placement('social');
export const display = placement('display');
