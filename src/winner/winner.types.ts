import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CampaignActionInput } from '../campaign/campaign-action.inputs';
import { DECISION_REASONS, EXPERIMENT_MODES, UNDECIDED_RULES, WINNER_METRICS } from '../experiment/experiment.enums';
import { DateTimeScalar } from '../graphql/scalars';
import { VariantType } from '../variant/variant.types';

@ObjectType('Experiment', { description: 'How the variants of a campaign are compared.' })
export class ExperimentType {
  @Field(() => EXPERIMENT_MODES, { description: 'How the audience is divided.' })
  mode!: keyof typeof EXPERIMENT_MODES;

  @Field(() => WINNER_METRICS, { description: 'What decides.' })
  metric!: keyof typeof WINNER_METRICS;

  @Field(() => Boolean, { description: 'Whether a winner is declared without a person.' })
  automaticWinner!: boolean;

  @Field(() => Float, { description: 'How sure an automatic winner is.' })
  confidence!: number;

  @Field(() => Int, { description: 'Recipients that each arm needs before an automatic winner.' })
  minimumPerArm!: number;

  @Field(() => Float, { description: 'TEST_THEN_ROLLOUT: the share that gets the variants, in percent.' })
  testSamplePercentage!: number;

  @Field(() => Int, { description: 'TEST_THEN_ROLLOUT: minutes from the start for which the rest waits.' })
  testDurationMinutes!: number;

  @Field(() => UNDECIDED_RULES, { description: 'TEST_THEN_ROLLOUT: what the rest gets without a winner.' })
  ifUndecided!: keyof typeof UNDECIDED_RULES;

  @Field(() => Int, { description: 'BANDIT: batches that the audience goes out in.' })
  batches!: number;

  @Field(() => Int, { description: 'BANDIT: minutes from one batch to the next.' })
  batchMinutes!: number;

  @Field(() => Float, { description: 'BANDIT: the share that no arm falls below, in percent.' })
  floorPercentage!: number;
}

@ObjectType('ExperimentDecision', { description: 'What was decided about the variants of one execution.' })
export class ExperimentDecisionType {
  @Field(() => VariantType, { nullable: true, description: 'The winner; nothing where the rest was divided instead.' })
  variant?: VariantType | null;

  @Field(() => DECISION_REASONS, { description: 'Why.' })
  reason!: keyof typeof DECISION_REASONS;

  @Field(() => WINNER_METRICS, { nullable: true, description: 'What decided; nothing where a person did.' })
  metric?: keyof typeof WINNER_METRICS | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The largest always-valid p-value against another arm, where that decided.',
  })
  pValue?: number | null;

  @Field(() => String, { description: 'Who decided; `experiments` where nobody did.' })
  decidedBy!: string;

  @Field(() => DateTimeScalar, { description: 'When.' })
  decidedAt!: Date;

  /** For the resolver of `variant`. */
  variantId!: string | null;
}

@InputType({ description: 'Which variant of a campaign is found the best.' })
export class DeclareWinnerInput extends CampaignActionInput {
  @Field(() => ID, { description: 'The variant, one that sends.' })
  variantId!: string;
}
