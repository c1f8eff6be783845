import type { Campaign } from '../campaign/campaign';
import type { CampaignParts } from '../campaign/campaign-loading';
import { freezeAddress } from '../campaign/plan-freezing';
import { compileEmail } from '../content/compile-email';
import { type CompiledContent, type CompiledField, isCompiledEmail } from '../content/compiled-content';
import type { FrozenPlan, FrozenVariant } from '../execution/frozen-plan';
import { readStored } from '../medium/media';
import type { CheckedContent } from '../medium/medium';
import type { Organization } from '../organization/organization';
import { contentHash } from '../shared/canonical-json';
import { DomainError, notFound } from '../shared/errors';
import { CHANNEL, type ChannelKind } from '../shared/ledger-codes';
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
      ({ variantNo, kind, enabled }) => enabled && kind === CHANNEL[request.channel] && variantNo === variant.variantNo,
    );
    return channel ? [{ variant, content: contentOf(readStored(request.channel, channel.content), request) }] : [];
  });
  if (tested.length > 0) return tested;
  throw new DomainError(
    'CONTENT_MISSING',
    `there is nothing to test by ${request.channel}`,
    variantId === undefined ? 'campaignId' : 'variantId',
  );
}

// Content of its own, named by its own hash: what renders, tracks and shows mails knows nothing of tests.
function contentOf(own: CheckedContent, { subject, subjectPrefix }: TestRequest): CheckedContent {
  const test = { subject: subject ?? null, subjectPrefix };
  const compiled = withSubject(own.compiled, subjectPrefix, subject === undefined ? undefined : readSubject(subject));
  return { source: { ...own.source, test }, compiled, hash: contentHash({ test, of: own.hash }) };
}

/** In every language that it is written in; where there is no subject, the first words say that it is a test. */
function withSubject(compiled: CompiledContent, prefix: string, subject: Subject | undefined): CompiledContent {
  const inLanguages = Object.entries(compiled.locales ?? {}).map(
    ([locale, own]) => [locale, withSubject(own, prefix, subject)] as const,
  );
  const locales = inLanguages.length > 0 ? { locales: Object.fromEntries(inLanguages) } : {};
  if (!isCompiledEmail(compiled)) return { ...compiled, fields: withFirstWords(compiled.fields, prefix), ...locales };
  return {
    ...compiled,
    subject: `${prefix}${subject?.template ?? compiled.subject}`,
    variables: [...new Set([...compiled.variables, ...(subject?.variables ?? [])])].sort(),
    ...locales,
  };
}

// Only where words are words: in JSON or HTML they would have to be written in its way.
function withFirstWords(fields: readonly CompiledField[], prefix: string): readonly CompiledField[] {
  const first = fields.findIndex(
    ({ dialect, path }) => dialect === 'plain' && ['title', 'body'].includes(path.join('.')),
  );
  return fields.map((field, index) => (index === first ? { ...field, prefix } : field));
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
  { kind, sampleContactNo }: { readonly kind: ChannelKind; readonly sampleContactNo: number | null },
): FrozenPlan => ({
  campaignId: campaign.id,
  organizationId: organization.id,
  name: campaign.name,
  salt: campaign.id,
  include: [],
  exclude: [],
  holdoutPercentage: 0,
  variants: tested.map((one) => freezeTested(one, kind)),
  assignment: { kind: 'HASH' },
  channels: [kind],
  goals: [],
  throttle: null,
  expiresAfterHours: campaign.delivery.expiresAfterHours,
  quietHours: null,
  ...freezeAddress(campaign, organization),
  trackClicks: campaign.delivery.trackClicks,
  trackOpens: campaign.delivery.trackOpens,
  ...(campaign.delivery.personalizationRuleId !== undefined && {
    personalizationRuleId: campaign.delivery.personalizationRuleId,
  }),
  test: { sampleContactNo },
});

const freezeTested = ({ variant, content }: TestedVariant, kind: ChannelKind): FrozenVariant => ({
  no: variant.variantNo,
  id: variant.id,
  name: variant.name,
  isControl: false,
  allocation: variant.allocationHundredths,
  content: { [kind]: content.hash },
});
