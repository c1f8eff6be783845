import { z } from 'zod';
import { contentHash } from '../shared/canonical-json';
import { hasAtMost } from '../shared/characters';
import { DomainError } from '../shared/errors';
import { firstMistake } from '../shared/schema-mistake';
import { isStorable } from '../shared/storable-text';

const UNSTORABLE = 'holds characters that cannot be stored';
const text = (most: number) => z.string().max(most).refine(isStorable, UNSTORABLE);
// A line break in a header would begin another header (P-36).
const line = (most: number) =>
  z
    .string()
    .refine((value) => hasAtMost(most, value), `must have at most ${most} characters`)
    .refine(isStorable, UNSTORABLE)
    .regex(/^[^\r\n\u2028\u2029]*$/, 'must be one line');
const address = line(254).regex(
  /^[^\p{Cc}\s@,;:<>"()[\]\\]+@[^\p{Cc}\s@,;:<>"()[\]\\]+$/u,
  'must be one e-mail address',
);

/** Characters of an e-mail's html, with all that is put into it. */
export const LONGEST_HTML = 256_000;

/** Characters of a subject, and of one that a variant has over its template's. */
const LONGEST_SUBJECT = { own: 255, overTemplate: 500 } as const;

const fields = z.strictObject({
  subject: line(LONGEST_SUBJECT.overTemplate).min(1),
  html: text(LONGEST_HTML).min(1),
  text: text(256_000).optional(),
  senderName: line(100).optional(),
  senderEmail: address.optional(),
  replyTo: address.optional(),
  preheader: line(255).optional(),
  // Where it comes from, when a creative service keeps it.
  templateId: line(100).optional(),
  templateVersion: line(100).optional(),
});

const schema = fields.refine(
  ({ subject, templateId }) => templateId !== undefined || hasAtMost(LONGEST_SUBJECT.own, subject),
  { path: ['subject'], message: `must have at most ${LONGEST_SUBJECT.own} characters` },
);

/** An e-mail as its author writes it: Liquid in subject, preheader, html and text. */
export type EmailSource = Readonly<z.output<typeof schema>>;

/** Judges fields and limits; `path` is where in the input the content stands. Templates are judged by `compileEmail`. */
export function readEmailSource(value: unknown, path = 'content'): EmailSource {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const mistake = firstMistake(result.error, path);
  throw new DomainError('CONTENT_INVALID', mistake.message, mistake.path);
}

/** Names the content: two equal sources share it. */
export const emailHash = (source: EmailSource): string => contentHash({ kind: 'email', source });
