import { parseEmailAddress } from '../contact/email-address';
import { hasAtMost } from '../shared/characters';
import { DomainError } from '../shared/errors';
import type { ChannelKind } from '../shared/ledger-codes';
import { isStorable } from '../shared/storable-text';

/** A test send as somebody asks for it. */
export interface TestRequest {
  readonly campaignId: string;
  readonly channel: ChannelKind;
  /** Of all variants that send when missing. */
  readonly variantId?: string;
  readonly addresses: readonly string[];
  readonly userIds: readonly string[];
  /** Whose data fills the templates; each recipient's own when missing. */
  readonly sampleUserId?: string;
  /** In the place of the variants' own. */
  readonly subject?: string;
  readonly subjectPrefix: string;
}

/** Nobody takes it for the real thing. */
export const usualPrefix = '[Test] ';

const longest = { subject: 500, prefix: 50 } as const;

/** Judges what needs no look at the directory; addresses as they are stored. */
export function checkRequest(request: TestRequest, mostRecipients: number): TestRequest {
  const { channel, addresses, userIds, subject, subjectPrefix } = request;
  const named = addresses.length + userIds.length;
  if (named < 1 || named > mostRecipients)
    throw invalid(`a test goes to 1 to ${mostRecipients} recipients, not to ${named}`, 'addresses');
  if (channel !== 'email' && addresses.length > 0)
    throw invalid(
      `addresses are e-mail addresses: by ${channel} a test goes to contacts, named by userIds`,
      'addresses',
    );
  if (channel !== 'email' && subject !== undefined) throw invalid(`there is no subject by ${channel}`, 'subject');
  if (subject !== undefined) checkLine(subject, longest.subject, 'subject');
  checkLine(subjectPrefix, longest.prefix, 'subjectPrefix');
  if (/\{[{%]/.test(subjectPrefix)) throw invalid('a prefix holds no Liquid', 'subjectPrefix');
  return { ...request, addresses: addresses.map(readAddress) };
}

function readAddress(text: string, index: number): string {
  const address = parseEmailAddress(text);
  if (address !== undefined) return address;
  throw invalid('this is not one e-mail address', `addresses[${index}]`);
}

function checkLine(text: string, most: number, path: string): void {
  if (!hasAtMost(most, text) || !isStorable(text) || /[\r\n\u2028\u2029]/.test(text))
    throw invalid(`must be one line of at most ${most} characters`, path);
}

const invalid = (message: string, path: string): DomainError => new DomainError('DELIVERY_TEST_INVALID', message, path);
