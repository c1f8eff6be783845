import { domainToASCII } from 'node:url';

const MAX_BYTES = 254;
const LOCAL_PART = /^[A-Za-z0-9!#$%&*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The address as it is stored, or nothing when the text is not exactly one address: no display name, comment, quoted
 * local part, second address or control character ever passes. Domains are lower-cased, and written in punycode.
 */
export const parseEmailAddress = (text: string): string | undefined => {
  const [local = '', domain = '', ...more] = text.trim().split('@');
  if (more.length > 0 || local.length > 64 || !LOCAL_PART.test(local)) return undefined;
  const ascii = domainToASCII(domain);
  const address = `${local}@${ascii}`;
  return isDomain(ascii) && address.length <= MAX_BYTES ? address : undefined;
};

// The last label is a word: neither a number (an address of the network) nor a single name such as localhost.
const isDomain = (domain: string): boolean => {
  const labels = domain.split('.');
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && /[a-z]/.test(labels.at(-1) ?? '');
};
