import type { EntityManager } from '@mikro-orm/postgresql';
import { withSentAddresses } from '../asset/fill-assets';
import { Campaign } from '../campaign/campaign';
import { loadParts } from '../campaign/campaign-loading';
import { readContent, readStored } from '../medium/media';
import type { CheckedContent } from '../medium/medium';
import { readOrganizationSettings } from '../organization/organization-service';
import type { Scope } from '../scope';
import { DomainError, notFound } from '../shared/errors';
import { CHANNEL, type ChannelKind, channelName } from '../shared/ledger-codes';
import { statementsOf } from '../statements';
import type { Channel } from '../variant/channel';
import { pinnedContent } from '../variant/pinned-drafts';
import { fieldOf } from '../variant/variant-draft';

/** The content of a campaign's variant; of the first that sends when none is named. */
export interface StoredContent {
  readonly campaignId: string;
  readonly variantId?: string;
  /** Its e-mail when missing; where it has none, what is tried first. */
  readonly kind?: ChannelKind;
}

/** Content that is only thought of. */
export interface ThoughtContent {
  readonly kind: ChannelKind;
  readonly content: Readonly<Record<string, unknown>>;
}

/** What is looked at. */
export interface Chosen {
  readonly kind: ChannelKind;
  readonly checked: CheckedContent;
  readonly campaign: { readonly id: string; readonly name: string };
  readonly variantId: string | null;
  /** Nobody needs a way out of what they asked for. */
  readonly commercial: boolean;
  readonly trackClicks: boolean;
  /** Where the organization is by post. */
  readonly postalAddress: string | null;
}

/** Judges content as a save would. */
export async function chooseThought(scope: Scope, { kind, content: given }: ThoughtContent): Promise<Chosen> {
  const { assetBaseUrl } = scope.content;
  const owner = { organizationNo: scope.viewer.organizationNo, strict: false, assetBaseUrl };
  const path = fieldOf(kind);
  const [sent = given] = await withSentAddresses(scope, [{ content: given, path }]);
  const content = await scope.read((tx) => pinnedContent(statementsOf(tx), owner, sent));
  return {
    kind,
    checked: readContent(kind, content, path, scope.content),
    campaign: { id: 'cmp_preview', name: 'Preview' },
    variantId: null,
    commercial: true,
    trackClicks: true,
    postalAddress: await postalAddressOf(scope),
  };
}

/** Finds content that was saved. */
export async function chooseStored(scope: Scope, wanted: StoredContent): Promise<Chosen> {
  const { campaign, variant, channel } = await scope.write((em) => findStored(em, scope, wanted));
  const kind = channelName.get(channel.kind) ?? 'email';
  return {
    kind,
    checked: readStored(kind, channel.content),
    campaign: { id: campaign.id, name: campaign.name },
    variantId: variant.id,
    commercial: campaign.type !== 'TRANSACTIONAL',
    trackClicks: campaign.delivery.trackClicks,
    postalAddress: await postalAddressOf(scope),
  };
}

const postalAddressOf = async (scope: Scope): Promise<string | null> =>
  (await readOrganizationSettings(scope)).settings.postalAddress;

async function findStored(em: EntityManager, scope: Scope, { campaignId, variantId, kind }: StoredContent) {
  const where = { id: campaignId, organizationNo: scope.viewer.organizationNo, archivedAt: null };
  const campaign = await em.findOne(Campaign, where);
  if (!campaign) throw notFound('campaign', campaignId, 'campaignId');
  const { variants, channels } = await loadParts(em, campaign);
  const variant = variants.find((one) => (variantId === undefined ? !one.isControl : one.id === variantId));
  if (!variant && variantId !== undefined) throw notFound('variant', variantId, 'variantId');
  const own = channels.filter((one) => one.variantNo === variant?.variantNo);
  const channel = pick(own, kind);
  if (!variant || !channel) throw new DomainError('CONTENT_MISSING', 'there is no content to look at', 'variantId');
  return { campaign, variant, channel };
}

const pick = (own: readonly Channel[], kind: ChannelKind | undefined): Channel | undefined =>
  own.find((one) => one.kind === CHANNEL[kind ?? 'email']) ?? (kind === undefined ? own[0] : undefined);
