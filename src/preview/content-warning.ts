import type { CompiledContent } from '../content/compiled-content';
import type { CheckedContent } from '../medium/medium';
import type { Person } from './preview-person';

/** What one who knows the media would say before it is sent; what forbids a start, or a message, says so. */
export const contentWarnings = [
  'VARIABLE_UNKNOWN',
  'VARIABLE_MISSING',
  'UNSUBSCRIBE_LINK_MISSING',
  'UNSUBSCRIBE_LINK_HIDDEN',
  'POSTAL_ADDRESS_MISSING',
  'SUBJECT_EMPTY',
  'SUBJECT_LONG',
  'SUBJECT_CAPITALS',
  'SUBJECT_PUNCTUATION',
  'SUBJECT_ANSWER',
  'SUBJECT_SPAM_WORDS',
  'SENDER_PUBLIC_MAILBOX',
  'SENDER_TAKES_NO_ANSWER',
  'REPLY_TO_ELSEWHERE',
  'PREHEADER_MISSING',
  'TEXT_PART_MADE',
  'HTML_LARGE',
  'HTML_LEFT_OUT',
  'IMAGE_WITHOUT_TEXT',
  'MOSTLY_IMAGES',
  'IMAGE_INSECURE',
  'IMAGE_EMBEDDED',
  'IMAGE_BROKEN',
  'ASSET_UNRESOLVED',
  'LINK_INSECURE',
  'LINK_BROKEN',
  'LINK_NUMERIC',
  'LINK_MISLEADING',
  'LINK_LONG',
  'LINK_SHORTENED',
  'SMS_SEGMENTS',
  'SMS_UNICODE',
  'OPT_OUT_MISSING',
  'PUSH_TITLE_LONG',
  'PUSH_BODY_LONG',
  'LEFTOVER',
  'NOT_SENDABLE',
  'COMPILED',
] as const;
export type ContentWarningCode = (typeof contentWarnings)[number];

export interface ContentWarning {
  readonly code: ContentWarningCode;
  readonly message: string;
}

/** What is judged beside what was rendered, of the language that is shown. */
export interface Previewed {
  readonly compiled: CompiledContent;
  /** As its author wrote it. */
  readonly source: CheckedContent['source'];
  readonly person: Person;
  /** Nobody needs a way out of what they asked for. */
  readonly commercial: boolean;
  /** Where the organization is by post. */
  readonly postalAddress: string | null;
}

/** A warning, or none. */
export const when = (holds: boolean, code: ContentWarningCode, message: string): readonly ContentWarning[] =>
  holds ? [{ code, message }] : [];
