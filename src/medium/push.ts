import { z } from 'zod';
import { appFields, appWords } from './app-words';
import { fromTemplate, text } from './field-shapes';
import { fieldsMedium } from './fields-medium';

/** The services of telephones take 4,096 bytes of a message, all in all. */
const limits = { bytes: 4_096, keys: 20, value: 1_000 } as const;

// Names that they keep for themselves begin so, or are these.
const KEY = /^(?!(?:from|message_type|collapse_key|aps)$|google|gcm)[A-Za-z]\w{0,63}$/;

const schema = z.strictObject({
  ...appWords,
  data: z
    .record(
      z.string().regex(KEY, 'a key is a word of at most 64 letters, digits and _, not one of theirs'),
      text(limits.value),
    )
    .refine((data) => Object.keys(data).length <= limits.keys, `at most ${limits.keys} keys`)
    .optional(),
  ...fromTemplate,
});

/** A notification on a telephone: its words, its address and each value of its data are templates. */
export const push = fieldsMedium('push', schema, ({ data = {}, ...words }) => ({
  fields: [
    ...appFields(words),
    ...Object.entries(data).map(([key, template]) => ({ path: ['data', key], holds: 'data', template }) as const),
  ],
  mostBytes: limits.bytes,
}));
