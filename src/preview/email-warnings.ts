import type { RenderedEmail } from '../content/rendered-email';
import { withoutComments } from '../content/without-comments';
import { type ContentWarning, type Previewed, when } from './content-warning';
import { bodyWarnings } from './email-body-warnings';
import { linkWarnings } from './email-link-warnings';
import { senderWarnings } from './email-sender-warnings';
import { subjectWarnings } from './email-subject-warnings';

/** What one who knows mail would say. */
export const emailWarnings = (email: RenderedEmail, previewed: Previewed): readonly ContentWarning[] => [
  ...(previewed.commercial ? [...wayOut(email, previewed), ...address(previewed)] : []),
  ...subjectWarnings(email),
  ...senderWarnings(email),
  ...parts(previewed),
  ...bodyWarnings(email),
  ...linkWarnings(email),
];

function wayOut({ html, unsubscribeUrl }: RenderedEmail, { compiled }: Previewed): readonly ContentWarning[] {
  if (!compiled.variables.includes('unsubscribe_url'))
    return when(
      true,
      'UNSUBSCRIBE_LINK_MISSING',
      'commercial e-mail needs {{ unsubscribe_url }}: a start would be refused',
    );
  const isThere = unsubscribeUrl !== undefined && withoutComments(html).includes(unsubscribeUrl);
  return when(!isThere, 'UNSUBSCRIBE_LINK_HIDDEN', 'the html shows this person no way out: {{ unsubscribe_url }}');
}

const address = ({ postalAddress }: Previewed): readonly ContentWarning[] =>
  when(
    postalAddress === null,
    'POSTAL_ADDRESS_MISSING',
    "commercial e-mail says the organization's postal address, and there is none: a start would be refused",
  );

const parts = ({ source: { preheader, text } }: Previewed): readonly ContentWarning[] => [
  ...when(!preheader, 'PREHEADER_MISSING', 'there is no preheader: beside the subject stands what comes first in it'),
  ...when(text === undefined, 'TEXT_PART_MADE', 'there is no text part: one is made from the html'),
];
