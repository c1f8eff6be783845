import type { EntityManager } from '@mikro-orm/postgresql';
import { Campaign } from '../campaign/campaign';
import { loadParts } from '../campaign/campaign-loading';
import { isCompiledEmail } from '../content/compiled-content';
import { localeChooser } from '../content/locale-choice';
import { isRenderedEmail } from '../content/rendered-content';
import type { RenderedEmail } from '../content/rendered-email';
import { readStored as compileStored, readContent } from '../medium/media';
import type { CheckedContent } from '../medium/medium';
import type { Scope } from '../scope';
import { DomainError, notFound } from '../shared/errors';
import { CHANNEL } from '../shared/ledger-codes';
import { statementsOf } from '../statements';
import { pinnedContent } from '../variant/pinned-drafts';
import { type ContentWarning, warningsOf } from './content-warnings';
import { type Person, previewPerson } from './preview-person';
import type { PreviewRenderer } from './preview-renderer';
import { withWords } from './preview-words';

/** The content of a campaign's variant; of the first that sends when none is named. */
export interface StoredContent {
  readonly campaignId: string;
  readonly variantId?: string;
}

/** Which content: a stored variant's, or one that is only thought of. */
export type PreviewedContent = StoredContent | { readonly email: Readonly<Record<string, unknown>> };

/** For whom: a person of the directory, or the sample; `variables` stand in for what they say. */
export interface PreviewRequest {
  readonly content: PreviewedContent;
  readonly userId?: string;
  readonly variables?: unknown;
  /** A language to read it in; the person's own when missing. */
  readonly locale?: string;
}

/** A mail as one person would see it (BR-CAM-008.5). */
export interface Preview {
  readonly email: RenderedEmail;
  readonly variantId: string | null;
  /** The language whose content is shown; null: that of everybody. */
  readonly locale: string | null;
  readonly warnings: readonly ContentWarning[];
}

interface Chosen {
  readonly checked: CheckedContent;
  readonly campaign: { readonly id: string; readonly name: string };
  readonly variantId: string | null;
  readonly commercial: boolean;
}

/** Renders by the renderer that a sending uses, without tracking: what is looked at counts nothing. */
export async function contentPreview(
  scope: Scope,
  renderer: PreviewRenderer,
  { content, locale: asked, ...whom }: PreviewRequest,
): Promise<Preview> {
  const { checked, campaign, variantId, commercial } =
    'email' in content ? await readEmail(scope, content.email) : await readStored(scope, content);
  const known = await previewPerson(scope, whom);
  const reader = asked === undefined ? known : { ...known, locale: asked };
  const { compiled, hash } = checked;
  const person = await withWords(scope, compiled, reader);
  if (!isCompiledEmail(compiled))
    throw new DomainError('CONTENT_MISSING', 'there is no e-mail to look at', 'variantId');
  const email = await renderOne(renderer, { compiled, hash }, { person, campaign, now: scope.now() });
  const locale = localeChooser(Object.keys(compiled.locales ?? {}))(person.locale) ?? null;
  return { email, variantId, locale, warnings: warningsOf({ compiled, email, person, commercial }) };
}

async function readEmail(scope: Scope, email: Readonly<Record<string, unknown>>): Promise<Chosen> {
  const owner = { organizationNo: scope.viewer.organizationNo, strict: false };
  const content = await scope.read((tx) => pinnedContent(statementsOf(tx), owner, email));
  return {
    checked: readContent('email', content, 'email', scope.content),
    campaign: { id: 'cmp_preview', name: 'Preview' },
    variantId: null,
    commercial: true,
  };
}

async function readStored(scope: Scope, wanted: StoredContent): Promise<Chosen> {
  const { campaign, variant, channel } = await scope.write((em) => findStored(em, scope, wanted));
  return {
    checked: compileStored('email', channel.content),
    campaign: { id: campaign.id, name: campaign.name },
    variantId: variant.id,
    commercial: campaign.type !== 'TRANSACTIONAL',
  };
}

async function findStored(em: EntityManager, scope: Scope, { campaignId, variantId }: StoredContent) {
  const where = { id: campaignId, organizationNo: scope.viewer.organizationNo, archivedAt: null };
  const campaign = await em.findOne(Campaign, where);
  if (!campaign) throw notFound('campaign', campaignId, 'campaignId');
  const { variants, channels } = await loadParts(em, campaign);
  const variant = variants.find((one) => (variantId === undefined ? !one.isControl : one.id === variantId));
  if (!variant && variantId !== undefined) throw notFound('variant', variantId, 'variantId');
  const channel = channels.find((one) => one.variantNo === variant?.variantNo && one.kind === CHANNEL.email);
  if (!variant || !channel) throw new DomainError('CONTENT_MISSING', 'there is no e-mail to look at', 'variantId');
  return { campaign, variant, channel };
}

interface Reading {
  readonly person: Person;
  readonly campaign: Chosen['campaign'];
  readonly now: Date;
}

async function renderOne(
  renderer: PreviewRenderer,
  content: Pick<CheckedContent, 'compiled' | 'hash'>,
  { person, campaign, now }: Reading,
): Promise<RenderedEmail> {
  const rendered = await renderer.render({
    ...content,
    messageId: 'msg_preview',
    variables: { ...person, campaign },
    renderTime: now,
    trackClicks: false,
    trackOpens: false,
  });
  if (rendered.ok && isRenderedEmail(rendered.content)) return rendered.content;
  if (rendered.ok) throw new Error('the renderer made no e-mail of one');
  throw new DomainError('CONTENT_NOT_RENDERED', `${rendered.reason}: ${rendered.message}`, 'email');
}
