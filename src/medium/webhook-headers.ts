import { z } from 'zod';
import { line } from './field-shapes';

const limits = { headers: 20, name: 100, value: 1_000 } as const;

/** They belong to the connection, to the request as a whole, or to us, who sign it. */
const OURS =
  /^(?:host|content-length|content-encoding|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|date|via|webhook-.*|proxy-.*|sec-.*|idempotency-key)$/i;

const header = z.strictObject({
  name: line(limits.name)
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be the name of a header')
    .refine((name) => !OURS.test(name), 'is a header that we write ourselves'),
  value: line(limits.value).regex(/^[\t\x20-\x7e]*$/, 'must be one line of printable ASCII characters'),
});

/** Headers of a request, each once. */
export const headers = z
  .array(header)
  .max(limits.headers)
  .refine((list) => new Set(list.map(({ name }) => name.toLowerCase())).size === list.length, 'has a header twice');

/** A header of a request. */
export type Header = Readonly<z.infer<typeof header>>;

/** What the body is in, by its header. */
export const contentTypeOf = (list: readonly Header[]): string =>
  list.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? 'application/json';
