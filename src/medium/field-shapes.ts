import { z } from 'zod';
import { DomainError } from '../shared/errors';
import { firstMistake } from '../shared/schema-mistake';
import { isStorable } from '../shared/storable-text';

/** A text of an author. */
export const text = (most: number) => z.string().max(most).refine(isStorable, 'holds characters that cannot be stored');

/** A text without a break: another line would be another header, or another message (P-36). */
export const line = (most: number) => text(most).regex(/^[^\r\n\u2028\u2029]*$/, 'must be one line');

/** An address of something: of its template, which is longer than what comes of it. */
export const address = line(4_000).min(1);

/** Where it comes from, when a creative service keeps it. */
export const fromTemplate = { templateId: line(100).optional(), templateVersion: line(100).optional() };

/** Judges fields and limits by a schema; the first mistake is told with its path, which starts at `path`. */
export function readFields<Fields>(schema: z.ZodType<Fields>, value: unknown, path: string): Fields {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const mistake = firstMistake(result.error, path);
  throw new DomainError('CONTENT_INVALID', mistake.message, mistake.path);
}
