import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { audiencesOfCampaign } from '../audience/audience.loaders';
import { AudienceType } from '../audience/audience.types';
import type { GraphContext } from '../graphql/context';
import { type Connection, connectionOf, connectionType, openPage, PageArgs } from '../graphql/pagination';
import { hashOf } from '../launch-plan/plan-digest';
import { notFound } from '../shared/errors';
import { triggersOfCampaign } from '../trigger/trigger.loaders';
import { TriggerType } from '../trigger/trigger.types';
import { variantsOfCampaign } from '../variant/variant.loaders';
import { VariantType } from '../variant/variant.types';
import { CAMPAIGN_ACTIONS, CAMPAIGN_ORDERS } from './campaign.enums';
import { campaignById } from './campaign.loaders';
import { ApprovalRecordType, CampaignType } from './campaign.types';
import { CampaignFilterInput } from './campaign-filter.inputs';
import { readFilter } from './campaign-input-reading';
import { readCampaignPage } from './campaign-page';
import { campaignOrders } from './campaign-reader';
import { allowedActions, type CampaignStatus } from './transitions';

const CampaignConnection = connectionType('Campaign', () => CampaignType);

@Resolver(() => CampaignType)
export class CampaignResolver {
  @Query(() => CampaignType, { nullable: true, description: 'One campaign.' })
  async campaign(
    @Arg('id', () => ID, { description: 'The public id, `cmp_…`.' }) id: string,
    @Ctx() { loaders }: GraphContext,
  ): Promise<CampaignType> {
    const campaign = await loaders.load(campaignById, id);
    if (campaign === undefined) throw notFound('campaign', id);
    return campaign;
  }

  @Query(() => CampaignConnection, { description: 'The campaigns of the organization, archived ones left out.' })
  async campaigns(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => CampaignFilterInput, { nullable: true, description: 'Which ones.' })
    filter: CampaignFilterInput | null,
    @Arg('orderBy', () => CAMPAIGN_ORDERS, { defaultValue: CAMPAIGN_ORDERS.NEWEST, description: 'In which order.' })
    order: keyof typeof CAMPAIGN_ORDERS,
    @Ctx() context: GraphContext,
  ): Promise<Connection<CampaignType>> {
    const { keys, keysOf } = campaignOrders[order];
    const page = openPage(args, keys);
    const rows = await readCampaignPage(context, { filter: readFilter(filter ?? undefined), order, page });
    return connectionOf(rows, page, keysOf, (row) => row);
  }

  @FieldResolver(() => [VariantType], { description: 'Its arms.' })
  async variants(@Root() { campaignNo }: CampaignType, @Ctx() { loaders }: GraphContext): Promise<VariantType[]> {
    return (await loaders.load(variantsOfCampaign, campaignNo)) ?? [];
  }

  @FieldResolver(() => [AudienceType], { description: 'To whom: includes are ANDed, excludes are ORed away.' })
  async audiences(@Root() { campaignNo }: CampaignType, @Ctx() { loaders }: GraphContext): Promise<AudienceType[]> {
    return (await loaders.load(audiencesOfCampaign, campaignNo)) ?? [];
  }

  @FieldResolver(() => [TriggerType], { description: 'The events that set it off; only of a TRIGGERED one.' })
  async triggers(@Root() { campaignNo }: CampaignType, @Ctx() { loaders }: GraphContext): Promise<TriggerType[]> {
    return (await loaders.load(triggersOfCampaign, campaignNo)) ?? [];
  }

  @FieldResolver(() => CampaignType, { nullable: true, description: 'The campaign that it is a copy of.' })
  async clonedFrom(@Root() { clonedFromId }: CampaignType, @Ctx() { loaders }: GraphContext) {
    return clonedFromId === null ? null : loaders.load(campaignById, clonedFromId);
  }

  @FieldResolver(() => ApprovalRecordType, {
    nullable: true,
    description: 'The last submission and its decision; it stays when an edit withdraws the approval.',
  })
  approvalRecord(@Root() { approvalRow }: CampaignType): ApprovalRecordType | null {
    if (approvalRow === null) return null;
    const { plan, submittedAt, decidedAt, ...record } = approvalRow;
    const times = { submittedAt: new Date(submittedAt), decidedAt: decidedAt ? new Date(decidedAt) : null };
    return { ...record, ...times, planHash: plan ? hashOf(plan) : null };
  }

  @FieldResolver(() => [CAMPAIGN_ACTIONS], { description: 'What may be done to it as it stands.' })
  allowedActions(@Root() { status, type, archivedAt }: CampaignType): string[] {
    if (archivedAt) return [];
    const standing = { status: status.toLowerCase() as CampaignStatus, type };
    const actions = allowedActions(standing).map((action) => action.toUpperCase());
    return actions.filter((action) => action in CAMPAIGN_ACTIONS);
  }
}
