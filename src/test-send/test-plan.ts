import type { Campaign } from '../campaign/campaign';
import type { CampaignParts } from '../campaign/campaign-loading';
import { compileEmail } from '../content/compile-email';
import { type CompiledContent, isCompiledEmail } from '../content/compiled-content';
import type { FrozenPlan, FrozenVariant } from '../execution/frozen-plan';
import { readStored } from '../medium/media';
import type { CheckedContent } from '../medium/medium';
import type { Organization } from '../organization/organization';
import { contentHash } from '../shared/canonical-json';
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
    return channel ? [{ variant, content: contentOf(readStored('email', channel.content), request) }] : [];
  });
  if (tested.length > 0) return tested;
  throw new DomainError(
    'CONTENT_MISSING',
    'there is no e-mail to test',
    variantId === undefined ? 'campaignId' : 'variantId',
  );
}

// Content of its own, named by its own hash: what renders, tracks and shows mails knows nothing of tests.
function contentOf(own: CheckedContent, { subject, subjectPrefix }: TestRequest): CheckedContent {
  const test = { subject: subject ?? null, subjectPrefix };
  const compiled = withSubject(own.compiled, subjectPrefix, subject === undefined ? undefined : readSubject(subject));
  return { source: { ...own.source, test }, compiled, hash: contentHash({ test, of: own.hash }) };
}

/** In every language that it is written in. */
function withSubject(compiled: CompiledContent, prefix: string, subject: Subject | undefined): CompiledContent {
  if (!isCompiledEmail(compiled)) return compiled;
  const { locales = {} } = compiled;
  const inLanguages = Object.entries(locales).map(([locale, own]) => [locale, withSubject(own, prefix, subject)]);
  return {
    ...compiled,
    subject: `${prefix}${subject?.template ?? compiled.subject}`,
    variables: [...new Set([...compiled.variables, ...(subject?.variables ?? [])])].sort(),
    ...(inLanguages.length > 0 && { locales: Object.fromEntries(inLanguages) }),
  };
}

interface Subject {
  readonly template: string;
  readonly variables: readonly string[];
}

function readSubject(template: string): Subject {
  try {
    return { template, variables: compileEmail({ subject: template, html: '<p></p>' }).variables };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.code, error.message, 'subject');
  }
}

/** What a test does: every gate that is about an audience is left out of it (docs/decisions/0016). */
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
