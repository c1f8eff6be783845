import type { RenderedEmail } from '../content/rendered-email';
import { type ContentWarning, when } from './content-warning';
import { isPublicMailbox, isSameSite } from './sites';

const NO_REPLY = /^(?:no-?_?\.?reply|do-?_?\.?not-?_?\.?reply)\b/i;

/** What one who knows mail would say of whom it comes from. Without an address of its own nothing is known. */
export function senderWarnings({ senderEmail, replyTo }: RenderedEmail): readonly ContentWarning[] {
  const [from, to] = [hostOf(senderEmail), hostOf(replyTo)];
  return [
    ...when(
      from !== undefined && isPublicMailbox(from),
      'SENDER_PUBLIC_MAILBOX',
      `${from} lets nobody else send in its name: mails from ${senderEmail} are refused (DMARC)`,
    ),
    ...when(
      replyTo === undefined && NO_REPLY.test(senderEmail ?? ''),
      'SENDER_TAKES_NO_ANSWER',
      `${senderEmail} takes no answers, and there is no other address for them`,
    ),
    ...when(
      from !== undefined && to !== undefined && !isSameSite(from, to),
      'REPLY_TO_ELSEWHERE',
      `answers go to ${to}, and the mail comes from ${from}: filters look at that`,
    ),
  ];
}

const hostOf = (address: string | undefined): string | undefined => address?.split('@').at(-1)?.toLowerCase();
