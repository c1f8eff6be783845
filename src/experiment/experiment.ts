import { DomainError } from '../shared/errors';

/** How an audience is divided among the variants. */
export const experimentModes = ['SPLIT', 'TEST_THEN_ROLLOUT', 'BANDIT'] as const;
export type ExperimentMode = (typeof experimentModes)[number];

/** What variants are compared by. */
export const winnerMetrics = ['OPEN', 'CLICK', 'CONVERSION', 'REVENUE'] as const;
export type WinnerMetric = (typeof winnerMetrics)[number];

/** What those who waited get when the test has ended without a winner. */
export const undecidedRules = ['BEST', 'SPLIT'] as const;
export type UndecidedRule = (typeof undecidedRules)[number];

/** How a campaign compares its variants. Shares in hundredths of a percent, as allocations are. */
export interface Experiment {
  readonly mode: ExperimentMode;
  readonly metric: WinnerMetric;
  /** Whether a winner is declared without a person, once the rule of looking allows it. */
  readonly automaticWinner: boolean;
  readonly confidence: number;
  /** Recipients that each arm needs before a winner may be declared without a person (BR-CAM-004.6). */
  readonly minimumPerArm: number;
  /** TEST_THEN_ROLLOUT: the share of the audience that gets the variants, and how long the rest waits. */
  readonly testSampleHundredths: number;
  readonly testMinutes: number;
  readonly ifUndecided: UndecidedRule;
  /** BANDIT: the audience goes out in so many batches, so far apart; no arm gets less than the floor. */
  readonly batches: number;
  readonly batchMinutes: number;
  readonly floorHundredths: number;
}

/** What an experiment has when its author says nothing (SPEC §5). */
export const defaultExperiment: Experiment = {
  mode: 'SPLIT',
  metric: 'CONVERSION',
  automaticWinner: false,
  confidence: 0.95,
  minimumPerArm: 1_000,
  testSampleHundredths: 2_000,
  testMinutes: 240,
  ifUndecided: 'BEST',
  batches: 10,
  batchMinutes: 60,
  floorHundredths: 500,
};

const DAY_MINUTES = 1_440;
const MOST_DAYS = 30;

/** Refuses settings that no experiment can have, with the path of the first wrong one. */
export function checkExperiment(experiment: Experiment): void {
  const { mode, metric, automaticWinner } = experiment;
  within('confidence', experiment.confidence, 0.8, 0.9999);
  within('minimumPerArm', experiment.minimumPerArm, 100, 1_000_000);
  within('testSamplePercentage', experiment.testSampleHundredths / 100, 1, 90);
  within('testDurationMinutes', experiment.testMinutes, 1, MOST_DAYS * DAY_MINUTES);
  within('batches', experiment.batches, 2, 100);
  within('batchMinutes', experiment.batchMinutes, 1, DAY_MINUTES);
  within('floorPercentage', experiment.floorHundredths / 100, 0, 50);
  if (mode !== 'BANDIT') return;
  if (metric === 'REVENUE') throw invalid('metric', 'a bandit goes by a rate: opens, clicks or conversions');
  // Its weights follow its own figures: the rule of looking does not hold for them.
  if (automaticWinner) throw invalid('automaticWinner', 'a bandit moves its weights; a winner is declared by a person');
}

/** What an experiment needs of the campaign around it. */
export interface ExperimentSurroundings {
  /** It sends to an audience, once or by a calendar, not to people one by one. */
  readonly toAudience: boolean;
  readonly byHash: boolean;
  readonly goals: number;
  /** Variants that send. */
  readonly sending: number;
}

/** Refuses a start by which the experiment could not be held. */
export function checkHoldable(
  experiment: Experiment,
  { toAudience, byHash, goals, sending }: ExperimentSurroundings,
): void {
  const { mode, metric, automaticWinner, floorHundredths } = experiment;
  const drawsArms = mode !== 'SPLIT';
  if (drawsArms && !toAudience) throw invalid('mode', `${mode} is for campaigns that are sent to an audience at once`);
  if (drawsArms && !byHash) throw invalid('mode', `${mode} draws the arms itself: variants are assigned by hash`);
  if (drawsArms && sending < 2) throw invalid('mode', `${mode} needs two variants that send, not ${sending}`);
  if (mode === 'BANDIT' && floorHundredths * sending > 10_000)
    throw invalid('floorPercentage', `${sending} arms cannot have ${floorHundredths / 100} % each`);
  const needsGoal = (metric === 'CONVERSION' || metric === 'REVENUE') && (drawsArms || automaticWinner);
  if (needsGoal && goals === 0) throw invalid('metric', `${metric} needs a conversion goal; OPEN and CLICK do not`);
}

function within(path: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw invalid(path, `${path} must be ${least} to ${most}, not ${value}`);
}

const invalid = (path: string, message: string): DomainError =>
  new DomainError('CAMPAIGN_EXPERIMENT_INVALID', message, `experiment.${path}`);
