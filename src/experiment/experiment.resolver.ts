import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import type { NounGraph } from '../graphql/noun-graph';
import { requireCampaignNumber } from '../metrics/campaign-number';
import type { GoalOutcomeType } from '../metrics/metrics.types';
import { metricsByArm, tallyOf } from '../metrics/metrics-reader';
import { variantById } from '../variant/variant.loaders';
import { VariantType } from '../variant/variant.types';
import { type ArmFigures, splitOf, testGoals } from './analysis';
import { CalculatorResolver } from './calculator.resolver';
import { ExperimentAnalysisType, ExperimentArmType } from './experiment.types';
import { viewSplit, viewTest } from './goal-test-view';
import { valueSpreadOf } from './value-spread';

@Resolver(() => ExperimentAnalysisType)
export class ExperimentResolver {
  @Query(() => ExperimentAnalysisType, { nullable: true, description: 'How the variants of a campaign compare.' })
  async experimentAnalysis(
    @Arg('campaignId', () => ID, { description: 'The public id, `cmp_…`.' }) campaignId: string,
    @Ctx() context: GraphContext,
  ): Promise<ExperimentAnalysisType> {
    const no = await requireCampaignNumber(context, campaignId);
    const tally = await context.loaders.load(tallyOf, { of: 'campaign', no });
    if (tally === undefined) return { arms: [], tests: [] };
    const spreads = (await context.loaders.load(valueSpreadOf, no)) ?? [];
    const arms = metricsByArm(tally);
    const split = splitOf(arms);
    return {
      arms: arms.map(viewArm),
      tests: testGoals(arms, tally.goals, spreads).map(viewTest),
      sampleRatio: split && viewSplit(split),
    };
  }
}

const viewArm = ({ arm, metrics }: ArmFigures): ExperimentArmType => ({
  variantId: arm.id,
  name: arm.name,
  isControl: arm.isControl,
  assigned: metrics.eligible,
  sent: metrics.sent,
  delivered: metrics.delivered,
  skipped: metrics.skipped,
  goals: metrics.outcomes as GoalOutcomeType[],
});

@Resolver(() => ExperimentArmType)
export class ExperimentArmResolver {
  @FieldResolver(() => VariantType, { nullable: true })
  variant(@Root() { variantId }: ExperimentArmType, @Ctx() { loaders }: GraphContext) {
    return loaders.load(variantById, variantId);
  }
}

export const experimentGraph: NounGraph = {
  resolvers: [ExperimentResolver, ExperimentArmResolver, CalculatorResolver],
  references: {},
};
