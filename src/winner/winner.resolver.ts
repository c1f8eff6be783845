import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { CampaignPayload } from '../campaign/campaign.payloads';
import { CampaignType } from '../campaign/campaign.types';
import { payloadOf, targetOf } from '../campaign/campaign-editing.resolver';
import { ExecutionType } from '../execution/execution.types';
import type { Decision } from '../experiment/decision';
import type { Experiment } from '../experiment/experiment';
import type { GraphContext } from '../graphql/context';
import type { NounGraph } from '../graphql/noun-graph';
import { attempt } from '../graphql/user-errors';
import { fromHundredths } from '../shared/hundredths';
import { variantById } from '../variant/variant.loaders';
import { VariantType } from '../variant/variant.types';
import { decisionOfExecution } from './decision.loaders';
import { declareWinner } from './declare-winner';
import { DeclareWinnerInput, ExperimentDecisionType, ExperimentType } from './winner.types';

@Resolver()
export class WinnerResolver {
  @Mutation(() => CampaignPayload, {
    description: 'Declares the winner of a campaign’s last start: those who wait for one get it at once.',
  })
  async declareWinner(
    @Arg('input', () => DeclareWinnerInput, { description: 'Which campaign, and which variant.' })
    input: DeclareWinnerInput,
    @Ctx() context: GraphContext,
  ): Promise<CampaignPayload> {
    const order = { ...targetOf(input), variantId: input.variantId };
    return payloadOf(context, await attempt(() => declareWinner(context.scope, order)));
  }
}

@Resolver(() => CampaignType)
export class ExperimentOfCampaignResolver {
  @FieldResolver(() => ExperimentType, { nullable: true, description: 'How its variants are compared.' })
  experiment(@Root() { experiment }: CampaignType): ExperimentType | null {
    return experiment && viewExperiment(experiment);
  }

  @FieldResolver(() => ExperimentDecisionType, { nullable: true, description: 'The winner of its last start.' })
  winner(@Root() { winner }: CampaignType): ExperimentDecisionType | null {
    return winner && viewDecision(winner);
  }
}

@Resolver(() => ExecutionType)
export class DecisionOfExecutionResolver {
  @FieldResolver(() => ExperimentDecisionType, { nullable: true, description: 'What was decided about its variants.' })
  async decision(@Root() { execNo }: ExecutionType, @Ctx() { loaders }: GraphContext) {
    const decision = await loaders.load(decisionOfExecution, execNo);
    return decision && viewDecision(decision);
  }
}

@Resolver(() => ExperimentDecisionType)
export class ExperimentDecisionResolver {
  @FieldResolver(() => VariantType, { nullable: true })
  variant(@Root() { variantId }: ExperimentDecisionType, @Ctx() { loaders }: GraphContext) {
    return variantId === null ? null : loaders.load(variantById, variantId);
  }
}

const viewExperiment = (experiment: Experiment): ExperimentType => ({
  ...experiment,
  testSamplePercentage: fromHundredths(experiment.testSampleHundredths),
  testDurationMinutes: experiment.testMinutes,
  floorPercentage: fromHundredths(experiment.floorHundredths),
});

const viewDecision = ({ logP, decidedAt, ...decision }: Decision): ExperimentDecisionType => ({
  ...decision,
  pValue: logP === null ? null : Math.exp(logP),
  decidedAt: new Date(decidedAt),
});

/** What winners add to the graph. */
export const winnerGraph: NounGraph = {
  resolvers: [WinnerResolver, ExperimentOfCampaignResolver, DecisionOfExecutionResolver, ExperimentDecisionResolver],
  references: {},
};
