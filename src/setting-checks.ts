import { z } from 'zod';

/** A whole number from 1 to `max`. */
export const count = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback);

/** An address with one of these protocols. */
export const url = (...protocols: string[]) =>
  z.string().refine((value) => protocols.includes(URL.parse(value)?.protocol ?? ''), {
    message: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

/** An address of the web. */
export const httpUrl = url('http:', 'https:');

/** Words that commas separate. */
export const words = z.string().transform((text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
);
