import type { CompiledField } from '../content/compiled-content';
import { contentTypeOf, type Header, headers } from './webhook-headers';

/** What a person's data must be escaped for in the payload of a request with these headers. */
export function payloadLanguage(list: readonly Header[]): Pick<CompiledField, 'dialect' | 'json'> {
  const contentType = contentTypeOf(list);
  if (/^[^;]*[/+]json\s*(?:;|$)/i.test(contentType)) return { dialect: 'json', json: true };
  return { dialect: /^[^;]*(?:[/+]xml|\/html)\s*(?:;|$)/i.test(contentType) ? 'html' : 'plain' };
}

/** The same by headers that nobody judged yet: wrong ones are refused when the content is. */
export function languageOfGiven(given: unknown): CompiledField['dialect'] {
  const read = headers.default([]).safeParse(given);
  return payloadLanguage(read.success ? read.data : []).dialect;
}
