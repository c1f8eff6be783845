import { Field, Int, ObjectType } from 'type-graphql';
import { GoalOutcomeType } from '../metrics/metrics.types';
import { VariantType } from '../variant/variant.types';
import { WINNER_STATES } from './experiment.enums';
import { GoalTestType, SampleRatioType } from './goal-test.types';
import { HoldoutLiftType } from './holdout-lift.types';

@ObjectType('ExperimentArm', { description: 'One variant of an experiment and what its people did.' })
export class ExperimentArmType {
  @Field(() => VariantType, { nullable: true, description: 'The variant, unless it was removed since.' })
  variant?: VariantType;

  @Field(() => String, { description: 'The name under which the variant was sent.' })
  name!: string;

  @Field(() => Boolean, { description: 'True for the arm that is sent nothing.' })
  isControl!: boolean;

  @Field(() => Int, { description: 'Eligible people who were assigned to it: the base of every rate.' })
  assigned!: number;

  @Field(() => Int, { description: 'Messages that their transport accepted.' })
  sent!: number;

  @Field(() => Int, { description: 'Messages reported as delivered.' })
  delivered!: number;

  @Field(() => Int, { description: 'Messages that a gate stopped after the assignment.' })
  skipped!: number;

  @Field(() => [GoalOutcomeType], { description: 'Outcomes by goal, the primary one first.' })
  goals!: GoalOutcomeType[];

  /** For the resolver of `variant`. */
  variantId!: string;
}

@ObjectType('ExperimentAnalysis', {
  description: 'How the variants of a campaign compare, by assignment; of a test before a rollout, its people alone.',
})
export class ExperimentAnalysisType {
  @Field(() => [ExperimentArmType], { description: 'The variants.' })
  arms!: ExperimentArmType[];

  @Field(() => [GoalTestType], { description: 'One test for each goal, the primary one first.' })
  tests!: GoalTestType[];

  @Field(() => GoalTestType, {
    description: 'The test of who opened any of their messages, machines apart, over the arms that send.',
  })
  opens!: GoalTestType;

  @Field(() => GoalTestType, {
    description: 'The test of who clicked in any of their messages, machines apart, over the arms that send.',
  })
  clicks!: GoalTestType;

  @Field(() => WINNER_STATES, {
    description: 'Whether a winner of the last start is about to be declared without a person, or why not.',
  })
  automaticWinner!: keyof typeof WINNER_STATES;

  @Field(() => [HoldoutLiftType], {
    description: 'What writing to people changed, by goal; empty where nobody was held out.',
  })
  holdoutLift!: HoldoutLiftType[];

  @Field(() => SampleRatioType, {
    nullable: true,
    description: 'Whether people fell into the arms by their weights; nothing where an attribute put them there.',
  })
  sampleRatio?: SampleRatioType | null;
}
