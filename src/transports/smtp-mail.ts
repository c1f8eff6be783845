import type { Readable } from 'node:stream';
import type { SendMailOptions } from 'nodemailer';
import { isRenderedEmail } from '../content/rendered-content';
import type { RenderedEmail } from '../content/rendered-email';
import type { OutgoingMessage } from './transport';

/** Who a mail is from when its content does not say, and where its bounces go. */
export interface Sender {
  readonly from: { readonly name: string; readonly address: string };
  readonly bounceAddress?: string;
  /** Right side of the Message-ID. */
  readonly domain: string;
}

/** Told by the mailer's `stream` step: the source that the connection reads the mail from. */
export interface TracedMail extends SendMailOptions {
  onSource(source: Readable): void;
}

/** A message that is an e-mail. */
export interface OutgoingMail extends OutgoingMessage {
  readonly content: RenderedEmail;
}

/** Whether it is one: mail servers carry nothing else. */
export const isMail = (message: OutgoingMessage): message is OutgoingMail => isRenderedEmail(message.content);

/** One recipient and one sender, given as objects: a string would be parsed, and a comma in it makes two recipients. */
export function toMail({ messageId, to, content }: OutgoingMail, sender: Sender): SendMailOptions {
  const address = content.senderEmail ?? sender.from.address;
  return {
    envelope: { from: sender.bounceAddress ?? address, to: [to] },
    from: { name: content.senderName ?? sender.from.name, address },
    to: { name: '', address: to },
    ...(content.replyTo && { replyTo: { name: '', address: content.replyTo } }),
    messageId: `<${messageId}@${sender.domain}>`,
    subject: content.subject,
    html: content.html,
    text: content.text,
    ...(content.unsubscribeUrl && unsubscribe(content.unsubscribeUrl)),
  };
}

// RFC 8058: both headers, and the link takes a POST.
const unsubscribe = (url: string): SendMailOptions => ({
  list: { unsubscribe: { url } },
  headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
});

const BREAKS_HEADER = /[\r\n\0\u2028\u2029]/;
const ONE_ADDRESS = /^[^\s@,;:<>"()[\]\\]+@[^\s@,;:<>"()[\]\\]+$/;

/** Why a mail must not be written at all; undefined when it may. Inputs are checked earlier: this is the last door. */
export function misshapen({ to, content }: OutgoingMail): string | undefined {
  if (![to, content.senderEmail, content.replyTo].every((one) => one === undefined || isAddress(one)))
    return 'not one address';
  const headers = [content.subject, content.senderName, content.unsubscribeUrl];
  return headers.some((one) => one !== undefined && BREAKS_HEADER.test(one)) ? 'line break in a header' : undefined;
}

const isAddress = (value: string): boolean => value.length <= 254 && ONE_ADDRESS.test(value);
