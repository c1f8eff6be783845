/**
 * A contact as somebody hands it in. What is missing, null or empty says nothing: it leaves a known contact's value
 * as it is.
 */
export interface ContactInput {
  readonly externalId: string;
  readonly email?: string | null | undefined;
  readonly emailOptedIn?: boolean | null | undefined;
  readonly phone?: string | null | undefined;
  readonly smsOptedIn?: boolean | null | undefined;
  /** WhatsApp knows the phone number. */
  readonly whatsappVerified?: boolean | null | undefined;
  readonly pushToken?: string | null | undefined;
  /** To what is commercial; who lives in Canada gets nothing of it without. */
  readonly expressConsent?: boolean | null | undefined;
  /** Nothing commercial is sent. */
  readonly doNotSell?: boolean | null | undefined;
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly locale?: string | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly country?: string | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly attributes?: Readonly<Record<string, unknown>> | null | undefined;
}

/** A checked contact: a row of staging.contact_row. `attributes` is JSON text. */
export interface ContactRow {
  readonly externalId: string;
  readonly email: string | null;
  readonly emailOptedIn: boolean | null;
  readonly phone: string | null;
  readonly smsOptedIn: boolean | null;
  readonly whatsappVerified: boolean | null;
  readonly pushToken: string | null;
  readonly expressConsent: boolean | null;
  readonly doNotSell: boolean | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly country: string | null;
  readonly tags: readonly string[] | null;
  readonly attributes: string;
}

/** One line of an import: a contact, or why there is none. */
export type ImportLine =
  | { readonly line: number; readonly contact: ContactInput }
  | { readonly line: number; readonly reason: string };
