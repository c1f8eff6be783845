import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../graphql/user-errors';
import { GoalTestType, SampleRatioType } from './goal-test.types';

@InputType({ description: 'An arm of any experiment, as counts.' })
export class CountedArmInput {
  @Field(() => String, { description: 'How the answer is to call it.' })
  name!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True for the arm that all are compared with; else the first is.',
  })
  isControl?: boolean | null;

  @Field(() => Int, { description: 'How many were assigned to it.' })
  people!: number;

  @Field(() => Int, { description: 'How many of them reached the goal.' })
  successes!: number;

  @Field(() => Float, { nullable: true, description: 'What they brought, all together.' })
  valueSum?: number | null;

  @Field(() => Float, { nullable: true, description: 'The squares of what each of them brought, all together.' })
  valueSumOfSquares?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The share of people that was to be its; checks the sample ratio.',
  })
  weight?: number | null;
}

@InputType({ description: 'Counts to compare.' })
export class CompareArmsInput {
  @Field(() => [CountedArmInput], { description: 'Two to ten arms.' })
  arms!: CountedArmInput[];

  @Field(() => Float, { nullable: true, description: 'Confidence of the intervals, 0.5 to 0.9999; 0.95 when missing.' })
  confidence?: number | null;
}

@ObjectType({ description: 'What the counts say.' })
export class CompareArmsPayload {
  @Field(() => GoalTestType, { nullable: true, description: 'The test; nothing when there are user errors.' })
  test?: GoalTestType | undefined;

  @Field(() => SampleRatioType, { nullable: true, description: 'The split; nothing unless every arm has a weight.' })
  sampleRatio?: SampleRatioType | null | undefined;

  @Field(() => [UserError], { description: 'What is wrong with the input.' })
  userErrors!: UserError[];
}

@InputType({ description: 'What an experiment is to find, and how surely.' })
export class SampleSizeInput {
  @Field(() => Float, { description: 'Rate of the control, between 0 and 1.' })
  baseline!: number;

  @Field(() => Float, { description: 'Smallest difference of rates that matters, such as 0.01; may be negative.' })
  difference!: number;

  @Field(() => Float, { nullable: true, description: 'Chance of a false alarm, two-sided; 0.05 when missing.' })
  significance?: number | null;

  @Field(() => Float, { nullable: true, description: 'Chance of finding the difference; 0.8 when missing.' })
  power?: number | null;
}

@ObjectType({ description: 'How many people an experiment needs.' })
export class SampleSizePayload {
  @Field(() => Int, { nullable: true, description: 'People of each of two equal arms.' })
  peoplePerArm?: number | null | undefined;

  @Field(() => [UserError], { description: 'What is wrong with the input.' })
  userErrors!: UserError[];
}
