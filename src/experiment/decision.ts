import type { WinnerMetric } from './experiment';

/** Why an execution's variants are no longer compared. */
export const decisionReasons = ['MANUAL', 'SIGNIFICANT', 'BEST_SO_FAR', 'SPLIT', 'SAMPLE_RATIO_MISMATCH'] as const;
export type DecisionReason = (typeof decisionReasons)[number];

/** What was decided about the variants of one execution: `execution.decision`, and its campaign's `winner` where there is one. */
export interface Decision {
  readonly reason: DecisionReason;
  /** Nothing where those who waited are divided among the variants instead. */
  readonly variantId: string | null;
  readonly variantNo: number | null;
  readonly metric: WinnerMetric | null;
  /** ln of the always-valid p-value, where that decided. */
  readonly logP: number | null;
  readonly decidedBy: string;
  /** ISO 8601, UTC. */
  readonly decidedAt: string;
}
