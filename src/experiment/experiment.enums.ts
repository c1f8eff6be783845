import { registerEnumType } from 'type-graphql';

export const EXPERIMENT_MODES = {
  SPLIT: 'SPLIT',
  TEST_THEN_ROLLOUT: 'TEST_THEN_ROLLOUT',
  BANDIT: 'BANDIT',
} as const;
registerEnumType(EXPERIMENT_MODES, {
  name: 'ExperimentMode',
  description: 'How an audience is divided among the variants.',
  valuesConfig: {
    SPLIT: { description: 'Everybody at once, by the allocations.' },
    TEST_THEN_ROLLOUT: { description: 'A sample by the allocations; the rest waits, and gets the winner.' },
    BANDIT: { description: 'In batches; each goes rather to what is probably the best by then.' },
  },
});

export const WINNER_METRICS = { OPEN: 'OPEN', CLICK: 'CLICK', CONVERSION: 'CONVERSION', REVENUE: 'REVENUE' } as const;
registerEnumType(WINNER_METRICS, {
  name: 'WinnerMetric',
  description: 'What variants are compared by; each counts eligible people assigned, sent to or not.',
  valuesConfig: {
    OPEN: { description: 'People who opened; machines do not count.' },
    CLICK: { description: 'People who clicked; machines do not count.' },
    CONVERSION: { description: 'People who reached the first conversion goal.' },
    REVENUE: { description: 'What each person brought towards the first conversion goal.' },
  },
});

export const UNDECIDED_RULES = { BEST: 'BEST', SPLIT: 'SPLIT' } as const;
registerEnumType(UNDECIDED_RULES, {
  name: 'UndecidedRule',
  description: 'What those who wait get when the test has ended without a winner.',
  valuesConfig: {
    BEST: { description: 'The variant with the best figure so far; never a control.' },
    SPLIT: { description: 'The variants that send, in the proportion of their allocations.' },
  },
});

export const DECISION_REASONS = {
  MANUAL: 'MANUAL',
  SIGNIFICANT: 'SIGNIFICANT',
  BEST_SO_FAR: 'BEST_SO_FAR',
  SPLIT: 'SPLIT',
  SAMPLE_RATIO_MISMATCH: 'SAMPLE_RATIO_MISMATCH',
} as const;
registerEnumType(DECISION_REASONS, {
  name: 'DecisionReason',
  description: 'Why the variants are no longer compared.',
  valuesConfig: {
    MANUAL: { description: 'A person declared the winner.' },
    SIGNIFICANT: { description: 'It is better than every other arm, by a test that may be looked at any time.' },
    BEST_SO_FAR: { description: 'The test ended without a winner: the best so far, which may be chance.' },
    SPLIT: { description: 'The test ended without a winner, and the rest is divided.' },
    SAMPLE_RATIO_MISMATCH: {
      description: 'People were missing from an arm for a reason: no winner, the rest is divided.',
    },
  },
});

export const WINNER_STATES = {
  OFF: 'OFF',
  TOO_FEW_PEOPLE: 'TOO_FEW_PEOPLE',
  NOT_SIGNIFICANT: 'NOT_SIGNIFICANT',
  SAMPLE_RATIO_MISMATCH: 'SAMPLE_RATIO_MISMATCH',
  READY: 'READY',
  DECIDED: 'DECIDED',
} as const;
registerEnumType(WINNER_STATES, {
  name: 'AutomaticWinnerState',
  description: 'Whether a winner is about to be declared without a person.',
  valuesConfig: {
    OFF: { description: 'The campaign does not ask for it.' },
    TOO_FEW_PEOPLE: { description: 'An arm has fewer recipients than it needs.' },
    NOT_SIGNIFICANT: { description: 'No arm is better than all others beyond chance.' },
    SAMPLE_RATIO_MISMATCH: { description: 'Blocked: people are missing from an arm for a reason.' },
    READY: { description: 'The next look declares it.' },
    DECIDED: { description: 'It was decided.' },
  },
});
