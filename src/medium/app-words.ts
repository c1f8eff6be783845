import { address, line, text } from './field-shapes';
import type { MaybeField } from './fields-medium';

/** Of templates, and of what comes of them: no screen shows more. */
const limits = { template: 10_000, title: 255, body: 4_000 } as const;

/** What an application shows of a message, as a schema's fields. */
export const appWords = {
  title: line(limits.template).min(1),
  body: text(limits.template).min(1),
  actionUrl: address.optional(),
  icon: line(limits.template).optional(),
};

interface AppWords {
  readonly title: string;
  readonly body: string;
  readonly actionUrl?: string | undefined;
  readonly icon?: string | undefined;
}

/** The same as templates. An icon is an address or a name that the application knows. */
export const appFields = ({ title, body, actionUrl, icon }: AppWords): readonly MaybeField[] => [
  { path: ['title'], holds: 'words', oneLine: true, required: true, mostCharacters: limits.title, template: title },
  { path: ['body'], holds: 'words', required: true, mostCharacters: limits.body, template: body },
  { path: ['actionUrl'], holds: 'link', oneLine: true, template: actionUrl },
  { path: ['icon'], holds: 'data', oneLine: true, template: icon },
];
