import { type GuardrailCounts, type Share, shareOf } from './guardrail-counts';
import { type Guardrails, type WatchedRate, watchedRates } from './guardrails';
import { isOver } from './over-limit';

/** Why a campaign stopped by itself. It stays when a person resumes it, and what was counted until then is forgiven. */
export interface GuardrailTrip {
  readonly kind: WatchedRate | 'budget';
  /** When, ISO 8601. */
  readonly at: string;
  readonly execNo: number;
  readonly counts: GuardrailCounts;
  /** What was seen of what; absent of a budget. */
  readonly share?: Share;
  /** In hundredths of a percent; absent of a budget. */
  readonly limit?: number;
}

/** An execution that sends, as its guardrails see it. */
export interface WatchedExecution {
  readonly execNo: number;
  readonly guardrails: Guardrails | null;
  /** The last time that the campaign stopped by itself. */
  readonly trip: GuardrailTrip | null;
  readonly counts: GuardrailCounts;
  /** True when something waits that the rest of the budget does not pay. */
  readonly budgetUsedUp: boolean;
}

/** What stops it, if anything does: the budget first, then the rates in their order. */
export function tripOf(execution: WatchedExecution, at: Date): GuardrailTrip | undefined {
  const { execNo, guardrails, counts } = execution;
  const trip = { at: at.toISOString(), execNo, counts };
  if (execution.budgetUsedUp) return { ...trip, kind: 'budget' };
  const forgiven = execution.trip?.execNo === execNo ? execution.trip.counts : undefined;
  for (const kind of watchedRates) {
    const limit = guardrails?.[kind];
    const share = shareOf(kind, counts, forgiven);
    if (!guardrails || limit === undefined || share.sample < guardrails.minimumSample) continue;
    if (isOver(share, limit / 10_000)) return { ...trip, kind, share, limit };
  }
  return undefined;
}

const words: Readonly<Record<GuardrailTrip['kind'], string>> = {
  budget: 'the budget is used up',
  complaint: 'complaints',
  hardBounce: 'hard bounces',
  unsubscribe: 'unsubscribes',
  failure: 'refusals of the transport',
};

/** The same for people: what `Campaign.pauseReason` says. */
export function wordsOf({ kind, share, limit }: GuardrailTrip): string {
  if (!share || limit === undefined) return words[kind];
  const { cases, sample } = share;
  const seen = ((100 * cases) / sample).toFixed(2);
  return `${words[kind]}: ${cases} of ${sample} messages, ${seen} %; the limit is ${limit / 100} %`;
}
