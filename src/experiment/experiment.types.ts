import { Field, Float, Int, ObjectType } from 'type-graphql';
import { GoalOutcomeType } from '../metrics/metrics.types';
import { VariantType } from '../variant/variant.types';

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

@ObjectType('GoalTest', { description: "Pearson's chi-square over all arms: did they differ at all?" })
export class GoalTestType {
  @Field(() => String, { description: 'The event type of the goal.' })
  goal!: string;

  @Field(() => Boolean, { description: 'True for the goal that decides.' })
  primary!: boolean;

  @Field(() => Float, { description: 'The statistic, without continuity correction.' })
  chiSquare!: number;

  @Field(() => Int, { description: 'Arms with people, less one.' })
  degreesOfFreedom!: number;

  @Field(() => Float, { description: 'Two-sided p-value; 0 where it is too small for a number.' })
  pValue!: number;

  @Field(() => Float, { description: 'Natural logarithm of the p-value.' })
  logPValue!: number;
}

@ObjectType('ExperimentAnalysis', { description: 'How the variants of a campaign compare, by assignment.' })
export class ExperimentAnalysisType {
  @Field(() => [ExperimentArmType], { description: 'The variants.' })
  arms!: ExperimentArmType[];

  @Field(() => [GoalTestType], { description: 'One test for each goal, the primary one first.' })
  tests!: GoalTestType[];
}
