/** Services that anybody shortens addresses at: carriers drop messages that hold theirs, and filters distrust mails. */
const SHORTENERS =
  /^(?:www\.)?(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|is\.gd|buff\.ly|cutt\.ly|rebrand\.ly|shorturl\.at|tiny\.cc|rb\.gy|t\.ly|s\.id|lnkd\.in|bl\.ink|v\.gd|shorte\.st)$/i;

/** Where anybody gets an address: others may not send in their names. */
const MAILBOXES =
  /^(?:gmail\.com|googlemail\.com|yahoo\.[a-z.]+|ymail\.com|aol\.com|(?:outlook|hotmail|live|msn)\.[a-z.]+|icloud\.com|me\.com|mac\.com|gmx\.[a-z.]+|web\.de|t-online\.de|mail\.ru|yandex\.[a-z.]+|proton(?:mail)?\.[a-z]+|qq\.com|163\.com|126\.com|zoho\.com)$/i;

/** Whether a public service of short addresses stands before what it leads to. */
export const isShortened = (url: string): boolean => SHORTENERS.test(URL.parse(url)?.hostname ?? '');

/** Whether an address is one of a public service of mailboxes. */
export const isPublicMailbox = (host: string): boolean => MAILBOXES.test(host);

/** A site and what stands below it: a shown `shop.example` may lead to `click.shop.example`. */
export const isSameSite = (one: string, other: string): boolean =>
  one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);
