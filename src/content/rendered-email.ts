/** One person's e-mail, ready to be handed over: nothing in it is a template any more. */
export interface RenderedEmail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly senderName?: string;
  readonly senderEmail?: string;
  readonly replyTo?: string;
  /** Goes into the List-Unsubscribe header of commercial mail. */
  readonly unsubscribeUrl?: string;
}
