import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import type { NounGraph } from '../graphql/noun-graph';
import { requireCampaignNumber } from '../metrics/campaign-number';
import type { GoalOutcomeType } from '../metrics/metrics.types';
import { metricsByArm, tallyOf } from '../metrics/metrics-reader';
import { variantById } from '../variant/variant.loaders';
import { VariantType } from '../variant/variant.types';
import { experimentStateOf } from '../winner/winner-state';
import { type ArmFigures, splitOf, testEngagement, testGoals } from './analysis';
import { CalculatorResolver } from './calculator.resolver';
import { ExperimentAnalysisType, ExperimentArmType } from './experiment.types';
import { viewLift, viewSplit, viewTest } from './goal-test-view';
import { heldOutOf } from './held-out';
import { holdoutLifts } from './holdout-lift';
import { rolledOutOf } from './rolled-out';
import { valueSpreadOf } from './value-spread';

@Resolver(() => ExperimentAnalysisType)
export class ExperimentResolver {
  @Query(() => ExperimentAnalysisType, { nullable: true, description: 'How the variants of a campaign compare.' })
  async experimentAnalysis(
    @Arg('campaignId', () => ID, { description: 'The public id, `cmp_…`.' }) campaignId: string,
    @Ctx() context: GraphContext,
  ): Promise<ExperimentAnalysisType> {
    const no = await requireCampaignNumber(context, campaignId);
    const { loaders } = context;
    const [tally, spreads, heldOut, rolledOut, state] = await Promise.all([
      loaders.load(tallyOf, { of: 'campaign', no, counting: 'people' }),
      loaders.load(valueSpreadOf, no),
      loaders.load(heldOutOf, no),
      loaders.load(rolledOutOf, no),
      loaders.load(experimentStateOf, no),
    ]);
    const { goals } = tally ?? { goals: [] };
    const everybody = tally ? metricsByArm(tally) : [];
    const arms = tally && rolledOut ? metricsByArm({ ...tally, cells: [...tally.cells, ...rolledOut] }) : everybody;
    // A bandit's shares change on purpose.
    const split = state?.experiment?.mode === 'BANDIT' ? null : splitOf(arms);
    return {
      arms: arms.map(viewArm),
      tests: testGoals(arms, goals, spreads ?? []).map(viewTest),
      opens: viewTest(testEngagement(arms, 'opened')),
      clicks: viewTest(testEngagement(arms, 'clicked')),
      holdoutLift: holdoutLifts(everybody, goals, heldOut ?? []).map(viewLift),
      automaticWinner: state?.automaticWinner ?? 'OFF',
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
