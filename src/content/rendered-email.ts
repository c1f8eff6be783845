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

/**
 * An e-mail as the bytes of a JSON object, as its renderer wrote it: a provider that takes JSON gets them as they are. Who
 * asks for a field has them read, once.
 */
export class JsonEmail implements RenderedEmail {
  #read: RenderedEmail | undefined;

  constructor(readonly json: Uint8Array) {}

  get subject(): string {
    return this.#fields.subject;
  }

  get html(): string {
    return this.#fields.html;
  }

  get text(): string {
    return this.#fields.text;
  }

  get senderName(): string | undefined {
    return this.#fields.senderName;
  }

  get senderEmail(): string | undefined {
    return this.#fields.senderEmail;
  }

  get replyTo(): string | undefined {
    return this.#fields.replyTo;
  }

  get unsubscribeUrl(): string | undefined {
    return this.#fields.unsubscribeUrl;
  }

  get #fields(): RenderedEmail {
    const read: RenderedEmail = this.#read ?? JSON.parse(new TextDecoder().decode(this.json));
    this.#read = read;
    return read;
  }
}
