import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { ContentWarningCode } from './content-warning';

export const CONTENT_WARNINGS: { readonly [Code in ContentWarningCode]: Code } = {
  VARIABLE_UNKNOWN: 'VARIABLE_UNKNOWN',
  VARIABLE_MISSING: 'VARIABLE_MISSING',
  UNSUBSCRIBE_LINK_MISSING: 'UNSUBSCRIBE_LINK_MISSING',
  UNSUBSCRIBE_LINK_HIDDEN: 'UNSUBSCRIBE_LINK_HIDDEN',
  POSTAL_ADDRESS_MISSING: 'POSTAL_ADDRESS_MISSING',
  SUBJECT_EMPTY: 'SUBJECT_EMPTY',
  SUBJECT_LONG: 'SUBJECT_LONG',
  SUBJECT_CAPITALS: 'SUBJECT_CAPITALS',
  SUBJECT_PUNCTUATION: 'SUBJECT_PUNCTUATION',
  SUBJECT_ANSWER: 'SUBJECT_ANSWER',
  SUBJECT_SPAM_WORDS: 'SUBJECT_SPAM_WORDS',
  SENDER_PUBLIC_MAILBOX: 'SENDER_PUBLIC_MAILBOX',
  SENDER_TAKES_NO_ANSWER: 'SENDER_TAKES_NO_ANSWER',
  REPLY_TO_ELSEWHERE: 'REPLY_TO_ELSEWHERE',
  PREHEADER_MISSING: 'PREHEADER_MISSING',
  TEXT_PART_MADE: 'TEXT_PART_MADE',
  HTML_LARGE: 'HTML_LARGE',
  HTML_LEFT_OUT: 'HTML_LEFT_OUT',
  IMAGE_WITHOUT_TEXT: 'IMAGE_WITHOUT_TEXT',
  MOSTLY_IMAGES: 'MOSTLY_IMAGES',
  IMAGE_INSECURE: 'IMAGE_INSECURE',
  IMAGE_EMBEDDED: 'IMAGE_EMBEDDED',
  IMAGE_BROKEN: 'IMAGE_BROKEN',
  ASSET_UNRESOLVED: 'ASSET_UNRESOLVED',
  LINK_INSECURE: 'LINK_INSECURE',
  LINK_BROKEN: 'LINK_BROKEN',
  LINK_NUMERIC: 'LINK_NUMERIC',
  LINK_MISLEADING: 'LINK_MISLEADING',
  LINK_LONG: 'LINK_LONG',
  LINK_SHORTENED: 'LINK_SHORTENED',
  SMS_SEGMENTS: 'SMS_SEGMENTS',
  SMS_UNICODE: 'SMS_UNICODE',
  OPT_OUT_MISSING: 'OPT_OUT_MISSING',
  PUSH_TITLE_LONG: 'PUSH_TITLE_LONG',
  PUSH_BODY_LONG: 'PUSH_BODY_LONG',
  LEFTOVER: 'LEFTOVER',
  NOT_SENDABLE: 'NOT_SENDABLE',
  COMPILED: 'COMPILED',
};
registerEnumType(CONTENT_WARNINGS, {
  name: 'ContentWarningCode',
  description: 'What one who knows the media would say before it is sent.',
  valuesConfig: {
    VARIABLE_UNKNOWN: { description: 'A variable that nobody ever has.' },
    VARIABLE_MISSING: { description: 'This person has nothing for a variable.' },
    UNSUBSCRIBE_LINK_MISSING: { description: 'There is no way out in it: a start would be refused.' },
    UNSUBSCRIBE_LINK_HIDDEN: { description: 'There is a way out in it, which its html does not show this person.' },
    POSTAL_ADDRESS_MISSING: {
      description:
        'The organization has no postal address that its commercial mail could say: a start would be refused.',
    },
    SUBJECT_EMPTY: { description: 'The subject is empty for this person.' },
    SUBJECT_LONG: { description: 'The subject is longer than most mail programs show: over 70 characters.' },
    SUBJECT_CAPITALS: { description: 'The subject is all in capitals, 10 of them or more.' },
    SUBJECT_PUNCTUATION: { description: 'The subject has `!!`, `??`, `$$` or more than two exclamation marks.' },
    SUBJECT_ANSWER: { description: 'The subject begins like an answer, `Re:` or `Fwd:`, and is none.' },
    SUBJECT_SPAM_WORDS: { description: 'The subject has words that filters know from spam.' },
    SENDER_PUBLIC_MAILBOX: {
      description: 'It comes from an address of a public mailbox, in whose name nobody else may send (DMARC).',
    },
    SENDER_TAKES_NO_ANSWER: {
      description: 'It comes from an address that takes no answers, and there is no other for them.',
    },
    REPLY_TO_ELSEWHERE: { description: 'Answers go to another site than the one it comes from.' },
    PREHEADER_MISSING: { description: 'An e-mail without a preheader: mail programs show what comes first in it.' },
    TEXT_PART_MADE: { description: 'An e-mail without a text part: one is made from the html.' },
    HTML_LARGE: { description: 'The html is larger than webmails show at once: over 102,400 bytes.' },
    HTML_LEFT_OUT: {
      description: 'The html has elements that mail programs leave out, such as `<form>` and `<script>`.',
    },
    IMAGE_WITHOUT_TEXT: { description: 'An image has no text for those who do not see it.' },
    MOSTLY_IMAGES: { description: 'Images and hardly any text, which filters take for spam.' },
    IMAGE_INSECURE: { description: 'An image comes by http.' },
    IMAGE_EMBEDDED: { description: 'An image stands in the html itself (`data:`), which webmails drop.' },
    IMAGE_BROKEN: { description: 'An image has no whole address.' },
    ASSET_UNRESOLVED: { description: 'An asset is named where none is looked up, such as in a person’s attribute.' },
    LINK_INSECURE: { description: 'A link goes by http.' },
    LINK_BROKEN: { description: 'A link leads nowhere from a mail: it is empty, or no whole address.' },
    LINK_NUMERIC: { description: 'A link leads to a bare IP address.' },
    LINK_MISLEADING: { description: 'A link shows the address of one site and leads to another.' },
    LINK_LONG: { description: 'A link takes much of a text message: over 40 characters.' },
    LINK_SHORTENED: { description: 'A link of a public shortener, which carriers drop and filters distrust.' },
    SMS_SEGMENTS: { description: 'A text message takes more than one segment, and each is paid for.' },
    SMS_UNICODE: {
      description: 'Characters outside of GSM 03.38: a segment holds 70 instead of 160. The message names them.',
    },
    OPT_OUT_MISSING: { description: 'A commercial text message does not say how to end it.' },
    PUSH_TITLE_LONG: { description: 'The title of a notification is cut on most telephones: over 50 characters.' },
    PUSH_BODY_LONG: { description: 'The body of a notification is cut on most telephones: over 178 characters.' },
    LEFTOVER: {
      description:
        'A place that nobody filled, such as `*|NAME|*`, or a value that is no words, such as `[object Object]`.',
    },
    NOT_SENDABLE: { description: 'This person would not be sent it: it is too long, empty, or no JSON.' },
    COMPILED: { description: 'Something could not be made of it as it stands, such as a link that cannot be tracked.' },
  },
});

@ObjectType('ContentWarning', { description: 'Something to know about content before it is sent.' })
export class ContentWarningType {
  @Field(() => CONTENT_WARNINGS, { description: 'What it is, for programs.' })
  code!: ContentWarningCode;

  @Field(() => String, { description: 'What it is, for a person.' })
  message!: string;
}
