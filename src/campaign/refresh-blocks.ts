import type { EntityManager } from '@mikro-orm/postgresql';
import { fillAssets } from '../asset/fill-assets';
import type { Scope } from '../scope';
import type { ChannelDraft, VariantDraft } from '../variant/variant-draft';
import { Campaign } from './campaign';
import { draftOf } from './campaign-copying';
import type { CampaignTarget } from './change-status';
import { changeCampaign } from './edit-campaign';

/**
 * Saves the content of a campaign once more, with the blocks as they are now and its assets where they are now: an edit of its
 * variants like any other.
 */
export async function refreshBlocks(scope: Scope, target: CampaignTarget): Promise<string> {
  // Of the version that is changed below, or nothing is; a transaction must not wait for those who know where assets are.
  const present = await scope.write((em) => outdatedVariants(em, scope, target));
  const variants = await fillAssets(scope, present);
  return changeCampaign(scope, { ...target, action: 'refreshCampaignBlocks' }, async () =>
    variants ? { variants } : {},
  );
}

async function outdatedVariants(
  em: EntityManager,
  { viewer }: Scope,
  { id, version }: CampaignTarget,
): Promise<readonly VariantDraft[] | undefined> {
  const campaign = await em.findOne(Campaign, { id, organizationNo: viewer.organizationNo, archivedAt: null });
  campaign?.expectVersion(version);
  const [outdated] = campaign ? await em.execute<object[]>(find, [campaign.campaignNo]) : [];
  if (!campaign || !outdated) return undefined;
  const { variants = [] } = await draftOf(em, campaign, campaign.name);
  return variants.map(unpinned);
}

const unpinned = ({ channels = [], ...variant }: VariantDraft): VariantDraft => ({
  ...variant,
  channels: channels.map(withoutPins),
});

const withoutPins = ({ content: { pinned: _, ...content }, ...channel }: ChannelDraft): ChannelDraft => ({
  ...channel,
  content,
});

const find = `select 1 as found from campaign.channel c cross join lateral jsonb_each(c.content #> '{pinned,blocks}') p
left join campaign.content_block b on b.org_no = c.org_no and b.key = p.key and b.deleted_at is null
where c.campaign_no = ? and (b.id is distinct from p.value ->> 'id' or b.version <> (p.value ->> 'version')::int) limit 1`;
