import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Campaign } from '../campaign/campaign';
import type { ContentLimits } from '../content/content-limits';
import { readContent } from '../medium/media';
import type { ProfileSchema } from '../profile/profile-schemas';
import { DomainError, notFound } from '../shared/errors';
import { toHundredths } from '../shared/hundredths';
import { CHANNEL } from '../shared/ledger-codes';
import { publicId } from '../shared/public-id';
import { Channel } from './channel';
import { type ContentOwner, pinnedDrafts } from './pinned-drafts';
import { expectKnownVariables } from './variable-check';
import { Variant } from './variant';
import { type ChannelDraft, checkVariants, fieldOf, type VariantDraft } from './variant-draft';

/** Puts these variants in the place of the present ones. One that is kept keeps its id and number. */
export async function replaceVariants(
  em: EntityManager,
  campaign: Campaign,
  given: readonly VariantDraft[],
  writing: Writing,
): Promise<void> {
  checkVariants(given, writing.limits);
  const owner = ownerOf(campaign, writing);
  const drafts = await pinnedDrafts(em, owner, given);
  const present = await em.find(Variant, { campaignNo: campaign.campaignNo }, { disableIdentityMap: true });
  const variants = numbered(drafts, present).map(({ draft, kept, number }) =>
    variantOf(campaign, draft, { id: kept?.id ?? publicId('var', writing.at), number, alone: drafts.length === 1 }),
  );
  const channels = variants.flatMap(({ variantNo }, index) =>
    channelsOf(variantNo, drafts[index]?.channels ?? [], { ...writing, campaign, path: `variants[${index}]` }),
  );
  await expectKnown(em, owner, drafts, writing);
  // The rows of a variant are deleted with it; the campaign's row is locked, so nobody sees the gap.
  await em.nativeDelete(Variant, { campaignNo: campaign.campaignNo });
  if (variants.length > 0) await insertNamed(em, variants);
  if (channels.length > 0) await em.insertMany(Channel, channels);
}

// The database has its own mind of which letters are the same in small: of İ and i, for one.
async function insertNamed(em: EntityManager, variants: Variant[]): Promise<void> {
  try {
    await em.insertMany(Variant, variants);
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException && error.message.includes('variant_name'))) throw error;
    throw new DomainError('CAMPAIGN_INVALID_VARIANT', 'two variants have the same name', 'variants');
  }
}

const ownerOf = ({ organizationNo, delivery }: Campaign, { limits }: Writing): ContentOwner => ({
  organizationNo,
  strict: delivery.strictVariables ?? false,
  assetBaseUrl: limits.assetBaseUrl,
});

async function expectKnown(em: EntityManager, owner: ContentOwner, drafts: readonly VariantDraft[], writing: Writing) {
  const { limits, profileSchema } = writing;
  const known = { organizationNo: owner.organizationNo, sample: limits.peopleLookedAt, profileSchema };
  if (owner.strict) await expectKnownVariables(em, known, drafts.flatMap(placed));
}

/** When variants are written, and what bounds them. */
export interface Writing {
  readonly at: Date;
  readonly limits: ContentLimits;
  /** What profiles hold, where a profile service says so. */
  readonly profileSchema?: ProfileSchema | undefined;
}

const placed = ({ channels = [] }: VariantDraft, index: number) =>
  channels.map(({ kind, content }) => ({ kind, content, path: `variants[${index}].${fieldOf(kind)}.content` }));

interface Numbered {
  readonly draft: VariantDraft;
  readonly kept?: Variant;
  readonly number: number;
}

/** Whoever is named by id stays that variant, whatever name it has now; the others stay those of their names. */
function numbered(drafts: readonly VariantDraft[], present: readonly Variant[]): readonly Numbered[] {
  const named = new Set(
    drafts.map((draft, index) => (draft.id === undefined ? '' : presentId(draft.id, index, present))),
  );
  const others = present.filter(({ id }) => !named.has(id));
  const kept = drafts.map((draft) =>
    draft.id === undefined
      ? others.find(({ name }) => name.toLowerCase() === draft.name.toLowerCase())
      : present.find(({ id }) => id === draft.id),
  );
  const taken = new Set(kept.map((variant) => variant?.variantNo));
  const free = [1, 2, 3, 4, 5].filter((number) => !taken.has(number));
  return drafts.map((draft, index) => {
    const same = kept[index];
    return { draft, ...(same && { kept: same }), number: same?.variantNo ?? free.shift() ?? 0 };
  });
}

function presentId(id: string, index: number, present: readonly Variant[]): string {
  if (present.some((variant) => variant.id === id)) return id;
  throw notFound('variant', id, `variants[${index}].id`);
}

function variantOf(
  { campaignNo, organizationNo }: Campaign,
  draft: VariantDraft,
  place: { id: string; number: number; alone: boolean },
): Variant {
  const allocation = draft.allocation ?? (place.alone ? 100 : 0);
  return Object.assign(new Variant(), {
    campaignNo,
    organizationNo,
    variantNo: place.number,
    id: place.id,
    name: draft.name,
    isControl: draft.isControl ?? false,
    allocationHundredths: toHundredths(allocation, 'CAMPAIGN_INVALID_VARIANT', 'allocation'),
    attributeValue: draft.attributeValue ?? null,
  });
}

type Place = Writing & { readonly campaign: Campaign; readonly path: string };

const channelsOf = (variantNo: number, drafts: readonly ChannelDraft[], place: Place): Channel[] =>
  drafts.map((draft) => channelOf(variantNo, draft, { ...place, path: `${place.path}.${fieldOf(draft.kind)}` }));

function channelOf(variantNo: number, draft: ChannelDraft, { campaign, at, limits, path }: Place): Channel {
  const content = readContent(draft.kind, draft.content, `${path}.content`, limits);
  return Object.assign(new Channel(), {
    campaignNo: campaign.campaignNo,
    organizationNo: campaign.organizationNo,
    variantNo,
    kind: CHANNEL[draft.kind],
    id: publicId('chn', at),
    enabled: draft.enabled ?? true,
    priority: draft.priority ?? 0,
    content: content.source,
    contentHash: content.hash,
  });
}
