import type { RenderedEmail } from '../content/rendered-email';
import { type ContentWarning, type Previewed, when } from './content-warning';
import { misleadingLinks } from './misleading-links';

/** Where mail programs begin to cut: characters of a subject, bytes of HTML (webmails clip at 102 KB); where filters begin to doubt. */
const limits = { subject: 70, htmlBytes: 102_400, words: 100, capitals: 10 } as const;

/** What one who knows mail would say. */
export const emailWarnings = (email: RenderedEmail, previewed: Previewed): readonly ContentWarning[] => [
  ...wayOut(previewed),
  ...subject(email),
  ...parts(previewed),
  ...body(email),
  ...misleadingLinks(email.html).flatMap(({ shown, url }) =>
    when(true, 'LINK_MISLEADING', `a link shows ${shown.slice(0, 100)} and leads to ${url.slice(0, 200)}`),
  ),
];

const wayOut = ({ compiled, commercial }: Previewed): readonly ContentWarning[] =>
  when(
    commercial && !compiled.variables.includes('unsubscribe_url'),
    'UNSUBSCRIBE_LINK_MISSING',
    'commercial e-mail needs {{ unsubscribe_url }}: a start would be refused',
  );

const subject = ({ subject: line }: RenderedEmail): readonly ContentWarning[] => [
  ...when(line.trim() === '', 'SUBJECT_EMPTY', 'the subject is empty for this person'),
  ...when(
    line.length > limits.subject,
    'SUBJECT_LONG',
    `the subject has ${line.length} characters: most mail programs show ${limits.subject} or fewer`,
  ),
  ...when(isShouted(line), 'SUBJECT_CAPITALS', 'the subject is all in capitals: filters take that for spam'),
];

/** Scripts without small letters shout nothing. */
const isShouted = (line: string): boolean =>
  line === line.toUpperCase() && (line.match(/\p{Lu}/gu) ?? []).length >= limits.capitals;

const parts = ({ source: { preheader, text } }: Previewed): readonly ContentWarning[] => [
  ...when(!preheader, 'PREHEADER_MISSING', 'there is no preheader: beside the subject stands what comes first in it'),
  ...when(text === undefined, 'TEXT_PART_MADE', 'there is no text part: one is made from the html'),
];

function body({ html, text }: RenderedEmail): readonly ContentWarning[] {
  // Not past the next `<`: a template can make any number of tags without an end, and each would be searched to the last.
  const images = html.match(/<img\b[^<>]*>/gi) ?? [];
  const silent = images.filter((image) => !/\salt\s*=/i.test(image)).length;
  const insecure = images.filter((image) => /\ssrc\s*=\s*["']?\s*http:/i.test(image)).length;
  const bytes = Buffer.byteLength(html);
  return [
    ...when(bytes > limits.htmlBytes, 'HTML_LARGE', `the html has ${bytes} bytes: webmails cut at ${limits.htmlBytes}`),
    ...when(silent > 0, 'IMAGE_WITHOUT_TEXT', `${silent} images have no alt: where images are off, nothing is there`),
    ...when(
      images.length > 0 && text.trim().length < limits.words,
      'MOSTLY_IMAGES',
      `images and fewer than ${limits.words} characters of text: filters take that for spam`,
    ),
    ...when(insecure > 0, 'IMAGE_INSECURE', `${insecure} images come by http: many mail programs leave them out`),
  ];
}
