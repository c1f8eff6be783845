import type { Campaign } from '../campaign/campaign';
import type { CampaignParts } from '../campaign/campaign-loading';
import { compileEmail } from '../content/compile-email';
import { type EmailSource, emailHash, readEmailSource } from '../content/email-content';
import type { FrozenPlan, FrozenVariant } from '../execution/frozen-plan';
import type { CheckedContent } from '../medium/medium';
import type { Organization } from '../organization/organization';
import { DomainError, notFound } from '../shared/errors';
import { CHANNEL } from '../shared/ledger-codes';
import type { Variant } from '../variant/variant';
import type { TestRequest } from './test-request';

/** A variant, and the mail that a test sends of it: its own, with the test's subject. */
export interface TestedVariant {
  readonly variant: Variant;
  readonly content: CheckedContent;
}

/** The named variant, or all that have something to send. */
export function testedVariants({ variants, channels }: CampaignParts, request: TestRequest): readonly TestedVariant[] {
  const { variantId } = request;
  const wanted = variants.filter(({ id, isControl }) => (variantId === undefined ? !isControl : id === variantId));
  if (wanted.length === 0 && variantId !== undefined) throw notFound('variant', variantId, 'variantId');
  const tested = wanted.flatMap((variant) => {
    const channel = channels.find(
      ({ variantNo, kind, enabled }) => enabled && kind === CHANNEL.email && variantNo === variant.variantNo,
    );
    return channel ? [{ variant, content: contentOf(readEmailSource(channel.content), request) }] : [];
  });
  if (tested.length > 0) return tested;
  throw new DomainError(
    'CONTENT_MISSING',
    'there is no e-mail to test',
    variantId === undefined ? 'campaignId' : 'variantId',
  );
}

// Content of its own, named by its own hash: what renders, tracks and shows mails knows nothing of tests.
function contentOf(own: EmailSource, { subject, subjectPrefix }: TestRequest): CheckedContent {
  const source = { ...own, subject: `${subjectPrefix}${subject ?? own.subject}` };
  return { source, compiled: compile(source), hash: emailHash(source) };
}

function compile(source: EmailSource) {
  try {
    return compileEmail(source, 'content');
  } catch (error) {
    if (!(error instanceof DomainError) || error.path !== 'content.subject') throw error;
    throw new DomainError(error.code, error.message, 'subject');
  }
}

/** What a test does: every gate that is about an audience is left out of it (docs/decisions/0014). */
export const freezeTest = (
  campaign: Campaign,
  organization: Organization,
  tested: readonly TestedVariant[],
  sampleContactNo: number | null,
): FrozenPlan => ({
  campaignId: campaign.id,
  organizationId: organization.id,
  name: campaign.name,
  salt: campaign.id,
  include: [],
  exclude: [],
  holdoutPercentage: 0,
  variants: tested.map(freezeTested),
  assignment: { kind: 'HASH' },
  channels: ['email'],
  goals: [],
  throttle: null,
  expiresAfterHours: campaign.delivery.expiresAfterHours,
  quietHours: null,
  trackClicks: campaign.delivery.trackClicks,
  trackOpens: campaign.delivery.trackOpens,
  test: { sampleContactNo },
});

const freezeTested = ({ variant, content }: TestedVariant): FrozenVariant => ({
  no: variant.variantNo,
  id: variant.id,
  name: variant.name,
  isControl: false,
  allocation: variant.allocationHundredths,
  content: { email: content.hash },
});
