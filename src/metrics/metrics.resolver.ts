import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root, Subscription } from 'type-graphql';
import { campaignById } from '../campaign/campaign.loaders';
import { CampaignType } from '../campaign/campaign.types';
import type { GraphContext } from '../graphql/context';
import type { Snapshot } from '../graphql/live-feed';
import type { NounGraph } from '../graphql/noun-graph';
import { variantById } from '../variant/variant.loaders';
import { VariantType } from '../variant/variant.types';
import { requireCampaignNumber } from './campaign-number';
import {
  CampaignMetricsType,
  CampaignMetricsUpdateType,
  ChannelMetricsType,
  VariantMetricsType,
} from './metrics.types';
import { readTallies, type Tally, tallyOf } from './metrics-reader';
import { type MetricsView, viewByVariant, viewMetrics, viewTotal } from './metrics-view';

/** The tally of one campaign, read through the request's loader. */
async function campaignTally({ loaders }: GraphContext, no: number): Promise<Tally> {
  return (await loaders.load(tallyOf, { of: 'campaign', no })) ?? { cells: [], goals: [], arms: [] };
}

/** One reading for everyone of the organization who follows this campaign. */
async function followCampaign(context: GraphContext, id: string): Promise<AsyncIterable<Snapshot<MetricsView>>> {
  const { scope, live, viewer } = context;
  const no = await requireCampaignNumber(context, id);
  return live.follow({
    key: `metrics ${viewer.organizationNo} ${no}`,
    campaignId: id,
    read: () =>
      scope.read(async (transaction) =>
        viewOf((await readTallies(transaction, { of: 'campaign', numbers: [no] })).get(no)),
      ),
  });
}

const viewOf = (tally: Tally | undefined): MetricsView => viewMetrics(tally ?? { cells: [], goals: [], arms: [] });

@Resolver(() => CampaignMetricsUpdateType)
export class CampaignMetricsResolver {
  @Query(() => CampaignMetricsUpdateType, { nullable: true, description: 'The figures of a campaign as they stand.' })
  async campaignMetrics(
    @Arg('campaignId', () => ID, { description: 'The public id, `cmp_…`.' }) campaignId: string,
    @Ctx() context: GraphContext,
  ): Promise<CampaignMetricsUpdateType> {
    const view = viewMetrics(await campaignTally(context, await requireCampaignNumber(context, campaignId)));
    return { ...view, campaignId, cursor: String(context.scope.now().getTime() * 1_000) };
  }

  @Subscription(() => CampaignMetricsUpdateType, {
    name: 'campaignMetrics',
    description: 'The figures of a campaign: as they stand, then after each change, at most four times a second.',
    subscribe: ({ args, context }) => followCampaign(context, args.campaignId),
  })
  followMetrics(
    @Arg('campaignId', () => ID, { description: 'The public id, `cmp_…`.' }) campaignId: string,
    @Root() { cursor, state }: Snapshot<MetricsView>,
  ): CampaignMetricsUpdateType {
    return { ...state, campaignId, cursor: String(cursor) };
  }

  @FieldResolver(() => CampaignType, { nullable: true })
  campaign(@Root() { campaignId }: CampaignMetricsUpdateType, @Ctx() { loaders }: GraphContext) {
    return loaders.load(campaignById, campaignId);
  }
}

@Resolver(() => VariantMetricsType)
export class VariantMetricsResolver {
  @FieldResolver(() => VariantType, { nullable: true })
  variant(@Root() { variantId }: VariantMetricsType, @Ctx() { loaders }: GraphContext) {
    return loaders.load(variantById, variantId);
  }
}

@Resolver(() => CampaignType)
export class MetricsOfCampaignResolver {
  @FieldResolver(() => CampaignMetricsType, { description: 'Its figures over all executions but the tests.' })
  async metrics(@Root() { campaignNo }: CampaignType, @Ctx() context: GraphContext): Promise<CampaignMetricsType> {
    return viewTotal(await campaignTally(context, campaignNo));
  }

  @FieldResolver(() => [VariantMetricsType], { description: 'Its figures by variant.' })
  async variantMetrics(
    @Root() { campaignNo }: CampaignType,
    @Ctx() context: GraphContext,
  ): Promise<VariantMetricsType[]> {
    return viewByVariant(await campaignTally(context, campaignNo));
  }

  @FieldResolver(() => [ChannelMetricsType], { description: 'Its figures by channel.' })
  async channelMetrics(
    @Root() { campaignNo }: CampaignType,
    @Ctx() context: GraphContext,
  ): Promise<ChannelMetricsType[]> {
    return viewMetrics(await campaignTally(context, campaignNo)).channelMetrics;
  }
}

export const metricsGraph: NounGraph = {
  resolvers: [CampaignMetricsResolver, VariantMetricsResolver, MetricsOfCampaignResolver],
  references: {},
};
