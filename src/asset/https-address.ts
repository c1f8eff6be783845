/** Characters of an address that a service says. */
const LONGEST = 2_000;
// What a browser takes in an address, but Liquid, a quoted text or a set of images would not.
const TELLING = /[`'{}|\\^]|,$/g;

/**
 * An address that a service says as it may stand in content: https, without a login, in ASCII, without quotes, white space and
 * Liquid. Nothing when it is none.
 */
export function httpsAddress(said: unknown): string | undefined {
  if (typeof said !== 'string' || said.length > LONGEST || /[\p{Cc}\s]/u.test(said)) return undefined;
  const url = URL.parse(said);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  const address = url.href.replace(TELLING, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  return address.length <= LONGEST ? address : undefined;
}
