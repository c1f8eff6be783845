import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Campaign } from '../campaign/campaign';
import { expectKnownCampaigns } from '../segment/behaviour-campaigns';
import { Segment } from '../segment/segment';
import { notFound } from '../shared/errors';
import { publicId } from '../shared/public-id';
import { expectInUse } from './archived-segments';
import { Audience } from './audience';
import { type AudienceDraft, type CheckedAudience, checkAudiences } from './audience-draft';

/** Whose audiences they are; a campaign that is only thought of has no number. */
type Owner = Pick<Campaign, 'organizationNo'> & Partial<Pick<Campaign, 'campaignNo'>>;

/** When they are written, and how many people one may name. */
export interface AudienceTerms {
  readonly at: Date;
  readonly mostUsers: number;
  /** Of a copy: archived segments stay, and its launch is refused. */
  readonly keepsArchived?: boolean;
}

/** An audience as a row, with the people whom it names one by one. */
export interface WrittenAudience {
  readonly row: Audience;
  readonly userIds: readonly string[];
}

/** Judged audiences as rows. Segments, and campaigns in rules about behaviour, are of this organization or do not exist. */
export async function audienceRows(
  em: EntityManager,
  { organizationNo, campaignNo = 0 }: Owner,
  drafts: readonly AudienceDraft[],
  { at, mostUsers, keepsArchived = false }: AudienceTerms,
): Promise<readonly WrittenAudience[]> {
  const checked = checkAudiences(drafts, mostUsers);
  await expectKnownCampaigns(em, organizationNo, checked.flatMap(placedRules));
  const segments = await segmentNumbers(em, organizationNo, checked, keepsArchived);
  return checked.map((audience, position) => ({
    userIds: 'userIds' in audience ? audience.userIds : [],
    row: Object.assign(new Audience(), {
      id: publicId('aud', at),
      organizationNo,
      campaignNo,
      kind: audience.kind,
      segmentNo: 'segmentId' in audience ? (segments.get(audience.segmentId) ?? null) : null,
      rules: 'rules' in audience ? audience.rules : null,
      remoteSource: 'remote' in audience ? audience.remote.source : null,
      remoteId: 'remote' in audience ? audience.remote.id : null,
      named: 'userIds' in audience ? audience.userIds.length : null,
      position,
    }),
  }));
}

/** Puts these audiences in the place of the present ones. */
export async function replaceAudiences(
  em: EntityManager,
  campaign: Campaign,
  drafts: readonly AudienceDraft[],
  terms: AudienceTerms,
): Promise<void> {
  const written = await audienceRows(em, campaign, drafts, terms);
  await em.nativeDelete(Audience, { campaignNo: campaign.campaignNo });
  if (written.length > 0)
    await em.insertMany(
      Audience,
      written.map(({ row }) => row),
    );
  for (const { row, userIds } of written)
    if (userIds.length > 0) await em.execute(insertUsers, [row.id, row.organizationNo, JSON.stringify(userIds)]);
}

const insertUsers = `insert into campaign.named_user (audience_id, org_no, external_id)
select ?, ?, id from jsonb_array_elements_text(?::jsonb) as id`;

const placedRules = (audience: CheckedAudience) =>
  'rules' in audience ? [{ rules: audience.rules, path: `${audience.path}.rules` }] : [];

// Their rows are held until the commit: nobody archives a segment while a campaign is given it.
async function segmentNumbers(
  em: EntityManager,
  organizationNo: number,
  audiences: readonly CheckedAudience[],
  keepsArchived: boolean,
): Promise<ReadonlyMap<string, number>> {
  const wanted = audiences.flatMap((audience) => ('segmentId' in audience ? [audience] : []));
  if (wanted.length === 0) return new Map();
  const where = { organizationNo, id: { $in: wanted.map(({ segmentId }) => segmentId) } };
  const found = await em.find(Segment, where, { lockMode: LockMode.PESSIMISTIC_READ });
  const segments = new Map(found.map((segment) => [segment.id, segment]));
  for (const { segmentId, path } of wanted) {
    const segment = segments.get(segmentId);
    if (!segment) throw notFound('segment', segmentId, `${path}.segmentId`);
    if (segment.archivedAt && !keepsArchived) expectInUse([{ segment, path: `${path}.segmentId` }]);
  }
  return new Map(found.map((segment) => [segment.id, segment.segmentNo]));
}
