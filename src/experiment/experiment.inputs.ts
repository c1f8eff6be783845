import { Field, Float, InputType, Int } from 'type-graphql';
import { DomainError } from '../shared/errors';
import { toHundredths } from '../shared/hundredths';
import { defaultExperiment, type Experiment, type ExperimentMode } from './experiment';
import { EXPERIMENT_MODES, UNDECIDED_RULES, WINNER_METRICS } from './experiment.enums';

@InputType({ description: 'How the variants of a campaign are compared; what is missing has its default.' })
export class ExperimentInput {
  @Field(() => EXPERIMENT_MODES, { nullable: true, description: 'How the audience is divided; SPLIT when missing.' })
  mode?: keyof typeof EXPERIMENT_MODES | null;

  @Field(() => WINNER_METRICS, { nullable: true, description: 'What decides; CONVERSION when missing.' })
  metric?: keyof typeof WINNER_METRICS | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a winner is declared without a person; false when missing.',
  })
  automaticWinner?: boolean | null;

  @Field(() => Float, {
    nullable: true,
    description: 'How sure an automatic winner is, 0.8 to 0.9999; 0.95 when missing.',
  })
  confidence?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Recipients that each arm needs before, 100 and more; 1,000 when missing.',
  })
  minimumPerArm?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'TEST_THEN_ROLLOUT: share that gets the variants, 1 to 90 percent; 20 when missing.',
  })
  testSamplePercentage?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'TEST_THEN_ROLLOUT: minutes from the start for which the rest waits, at most 30 days; 240 when missing.',
  })
  testDurationMinutes?: number | null;

  @Field(() => UNDECIDED_RULES, {
    nullable: true,
    description: 'TEST_THEN_ROLLOUT: what the rest gets without a winner; BEST when missing.',
  })
  ifUndecided?: keyof typeof UNDECIDED_RULES | null;

  @Field(() => Int, {
    nullable: true,
    description: 'BANDIT: batches that the audience goes out in, 2 to 100; 10 when missing.',
  })
  batches?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'BANDIT: minutes from one batch to the next, at most 1,440; 60 when missing.',
  })
  batchMinutes?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'BANDIT: share that no arm falls below, 0 to 50 percent; 5 when missing.',
  })
  floorPercentage?: number | null;
}

/** An experiment in our words. */
export function readExperiment(input: ExperimentInput): Experiment {
  const { testSamplePercentage, floorPercentage } = input;
  const experiment = {
    mode: input.mode ?? defaultExperiment.mode,
    metric: input.metric ?? defaultExperiment.metric,
    automaticWinner: input.automaticWinner ?? defaultExperiment.automaticWinner,
    confidence: input.confidence ?? defaultExperiment.confidence,
    minimumPerArm: input.minimumPerArm ?? defaultExperiment.minimumPerArm,
    testSampleHundredths: share(testSamplePercentage, 'testSamplePercentage') ?? defaultExperiment.testSampleHundredths,
    testMinutes: input.testDurationMinutes ?? defaultExperiment.testMinutes,
    ifUndecided: input.ifUndecided ?? defaultExperiment.ifUndecided,
    batches: input.batches ?? defaultExperiment.batches,
    batchMinutes: input.batchMinutes ?? defaultExperiment.batchMinutes,
    floorHundredths: share(floorPercentage, 'floorPercentage') ?? defaultExperiment.floorHundredths,
  };
  refuseUseless(experiment);
  return experiment;
}

/** What only one way of dividing heeds, and under which name it is given. */
const heeded = {
  testSampleHundredths: ['TEST_THEN_ROLLOUT', 'testSamplePercentage'],
  testMinutes: ['TEST_THEN_ROLLOUT', 'testDurationMinutes'],
  ifUndecided: ['TEST_THEN_ROLLOUT', 'ifUndecided'],
  batches: ['BANDIT', 'batches'],
  batchMinutes: ['BANDIT', 'batchMinutes'],
  floorHundredths: ['BANDIT', 'floorPercentage'],
} as const satisfies Partial<Record<keyof Experiment, readonly [ExperimentMode, keyof ExperimentInput]>>;

/** Whoever sets what would not be heeded believes in another experiment. Defaults may come back as they were read. */
function refuseUseless(experiment: Experiment): void {
  const names = Object.keys(heeded) as (keyof typeof heeded)[];
  const useless = names.find(
    (name) => heeded[name][0] !== experiment.mode && experiment[name] !== defaultExperiment[name],
  );
  if (!useless) return;
  const [mode, field] = heeded[useless];
  const message = `${field} is for ${mode}: ${experiment.mode} does not heed it`;
  throw new DomainError('CAMPAIGN_EXPERIMENT_INVALID', message, `experiment.${field}`);
}

const share = (percentage: number | null | undefined, path: string): number | undefined =>
  percentage == null ? undefined : toHundredths(percentage, 'CAMPAIGN_EXPERIMENT_INVALID', `experiment.${path}`);
