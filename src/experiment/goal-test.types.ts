import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType('Interval', { description: 'A confidence interval.' })
export class IntervalType {
  @Field(() => Float, { description: 'Its lower end.' })
  low!: number;

  @Field(() => Float, { description: 'Its upper end.' })
  high!: number;
}

@ObjectType('ArmAnalysis', { description: 'One arm of a test by itself.' })
export class ArmAnalysisType {
  @Field(() => String, { description: 'The name of the arm.' })
  name!: string;

  @Field(() => Int, { description: 'Its eligible people, sent to or not.' })
  people!: number;

  @Field(() => Int, { description: 'How many of them reached the goal.' })
  successes!: number;

  @Field(() => Float, { nullable: true, description: 'Their share; nothing where there is nobody.' })
  rate?: number | null;

  @Field(() => IntervalType, { description: "Of the share: Wilson's score interval." })
  interval!: IntervalType;

  @Field(() => Float, {
    nullable: true,
    description: 'What each of its people brought, those who brought nothing counted.',
  })
  valuePerPerson?: number | null;

  @Field(() => Float, { description: 'Probability that its true rate is the highest of all, with a uniform prior.' })
  probabilityBest!: number;
}

@ObjectType('ValueComparison', { description: "What each person brought, in two arms: Welch's t-test of the means." })
export class ValueComparisonType {
  @Field(() => Float, { description: 'Mean of the arm less that of the other.' })
  difference!: number;

  @Field(() => IntervalType, { nullable: true, description: 'Of the difference; nothing where no variance is known.' })
  interval?: IntervalType | null;

  @Field(() => Float, { nullable: true, description: 'The statistic.' })
  t?: number | null;

  @Field(() => Float, { nullable: true, description: 'Its degrees of freedom, by Welch and Satterthwaite.' })
  degreesOfFreedom?: number | null;

  @Field(() => Float, { description: 'Two-sided p-value.' })
  pValue!: number;
}

@ObjectType('ArmComparison', { description: 'One arm against the control, or against the first where there is none.' })
export class ArmComparisonType {
  @Field(() => String, { description: 'The arm.' })
  name!: string;

  @Field(() => String, { description: 'What it is compared with.' })
  against!: string;

  @Field(() => Float, { description: 'Rate of the arm less the rate of the other.' })
  difference!: number;

  @Field(() => IntervalType, { description: "Of the difference: Newcombe's hybrid score interval." })
  differenceInterval!: IntervalType;

  @Field(() => Float, {
    nullable: true,
    description: "Difference as a share of the other's rate; nothing where that is 0.",
  })
  relativeLift?: number | null;

  @Field(() => IntervalType, {
    nullable: true,
    description: 'Of the relative lift; nothing where it has no upper end.',
  })
  relativeLiftInterval?: IntervalType | null;

  @Field(() => Float, { description: 'Two-sided p-value; 0 where it is too small for a number.' })
  pValue!: number;

  @Field(() => Float, { description: 'Natural logarithm of the p-value.' })
  logPValue!: number;

  @Field(() => Float, { description: 'The p-value corrected for the number of comparisons, by Holm.' })
  adjustedPValue!: number;

  @Field(() => Float, { description: 'A p-value that may be looked at any time and as often as one likes.' })
  alwaysValidPValue!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Chance that arms of these sizes find the difference shown; nothing where there is none.',
  })
  power?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'People that each of two equal arms needs to find that difference four times in five.',
  })
  peopleNeeded?: number | null;

  @Field(() => Int, { nullable: true, description: 'Of those, how many the smaller of both arms still lacks.' })
  peopleStillNeeded?: number | null;

  @Field(() => ValueComparisonType, {
    nullable: true,
    description: 'What people brought; nothing where it is not known.',
  })
  value?: ValueComparisonType | null;
}

@ObjectType('GoalTest', { description: "Pearson's chi-square over all arms, and each arm beside the others." })
export class GoalTestType {
  @Field(() => String, { description: 'The event type of the goal; `opened` or `clicked` where these are compared.' })
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

  @Field(() => [ArmAnalysisType], { description: 'Each arm by itself, with 95 % intervals.' })
  arms!: ArmAnalysisType[];

  @Field(() => [ArmComparisonType], { description: 'Each arm against the control, or against the first.' })
  comparisons!: ArmComparisonType[];
}

@ObjectType('SampleRatio', { description: 'Whether people fell into the arms as they were to.' })
export class SampleRatioType {
  @Field(() => Float, { description: 'Chi-square of the arms against their weights.' })
  statistic!: number;

  @Field(() => Float, { description: 'How probable a statistic at least as large is by chance.' })
  pValue!: number;

  @Field(() => Boolean, {
    description: 'True below 0.001: people are missing from an arm for a reason, and no winner may be drawn from it.',
  })
  mismatch!: boolean;
}
