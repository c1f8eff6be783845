import type { RenderedEmail } from '../content/rendered-email';
import { type ContentWarning, when } from './content-warning';

/** Where mail programs begin to cut, and filters to doubt. */
const limits = { characters: 70, capitals: 10, exclamations: 2 } as const;

/** What makes a mail look like the answer to one that nobody wrote. */
const ANSWER = /^\s*(?:re|fwd?|aw|wg|tr|rv|sv|vs|antw|odp)\s*:/i;

/** Words of subjects that filters count for much. */
const SPAM =
  /(?<!\p{L})(?:100\s?% free|act now|cash bonus|cheap meds|click here|credit card offer|double your|earn money|extra cash|free gift|free money|guaranteed winner|make money|no obligation|risk[- ]free|viagra|you(?:'|’)ve won|you won)(?!\p{L})/iu;

/** What one who knows mail would say of a subject. */
export const subjectWarnings = ({ subject: line }: RenderedEmail): readonly ContentWarning[] => [
  ...when(line.trim() === '', 'SUBJECT_EMPTY', 'the subject is empty for this person'),
  ...when(
    line.length > limits.characters,
    'SUBJECT_LONG',
    `the subject has ${line.length} characters: most mail programs show ${limits.characters} or fewer`,
  ),
  ...when(isShouted(line), 'SUBJECT_CAPITALS', 'the subject is all in capitals: filters take that for spam'),
  ...when(
    (line.match(/[!¡！]/g) ?? []).length > limits.exclamations || /!!|\?\?|[$€£]{2}/.test(line),
    'SUBJECT_PUNCTUATION',
    'the subject cries or waves with money (!!, $$): filters take that for spam',
  ),
  ...when(ANSWER.test(line), 'SUBJECT_ANSWER', 'the subject looks like an answer to a mail that nobody wrote'),
  ...(SPAM.exec(line) ?? []).flatMap((words) =>
    when(true, 'SUBJECT_SPAM_WORDS', `filters know these words from spam: ${words}`),
  ),
];

/** Scripts without small letters shout nothing. */
const isShouted = (line: string): boolean =>
  line === line.toUpperCase() && (line.match(/\p{Lu}/gu) ?? []).length >= limits.capitals;
