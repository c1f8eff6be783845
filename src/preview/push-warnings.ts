import type { RenderedFields } from '../content/rendered-fields';
import { type ContentWarning, when } from './content-warning';
import { textAt } from './shown-content';

/** Characters that most telephones show before they cut. */
const limits = { title: 50, body: 178 } as const;

/** What one who knows notifications would say. */
export function pushWarnings({ fields }: RenderedFields): readonly ContentWarning[] {
  const [title, body] = [textAt(fields, ['title']), textAt(fields, ['body'])];
  const cut = (what: string, text: string, most: number) =>
    `the ${what} has ${text.length} characters: most telephones show ${most} or fewer`;
  return [
    ...when(title.length > limits.title, 'PUSH_TITLE_LONG', cut('title', title, limits.title)),
    ...when(body.length > limits.body, 'PUSH_BODY_LONG', cut('body', body, limits.body)),
  ];
}
