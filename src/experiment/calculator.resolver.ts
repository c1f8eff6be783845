import { Arg, Query, Resolver } from 'type-graphql';
import { attempt } from '../graphql/user-errors';
import { compareArms, peoplePerArm } from './calculator';
import { CompareArmsInput, CompareArmsPayload, SampleSizeInput, SampleSizePayload } from './calculator.types';
import { viewSplit, viewTest } from './goal-test-view';

@Resolver()
export class CalculatorResolver {
  @Query(() => CompareArmsPayload, { description: 'Compares the arms of any experiment, given as counts.' })
  async compareArms(
    @Arg('input', () => CompareArmsInput, { description: 'The counts.' }) input: CompareArmsInput,
  ): Promise<CompareArmsPayload> {
    const { value, userErrors } = await attempt(async () => compareArms(input));
    const test = value && viewTest({ goal: 'success', primary: true, ...value.test });
    return { test, sampleRatio: value?.sampleRatio && viewSplit(value.sampleRatio), userErrors: [...userErrors] };
  }

  @Query(() => SampleSizePayload, { description: 'How many people an experiment needs to find a difference.' })
  async sampleSize(
    @Arg('input', () => SampleSizeInput, { description: 'The difference, and how surely.' }) input: SampleSizeInput,
  ): Promise<SampleSizePayload> {
    const { value, userErrors } = await attempt(async () => peoplePerArm(input));
    return { peoplePerArm: value, userErrors: [...userErrors] };
  }
}
