import type { WatchedRate } from './guardrails';

/** What the ledger counts of one execution, as far as guardrails look at it. */
export interface GuardrailCounts {
  readonly sent: number;
  readonly delivered: number;
  /** By their transport, for good. */
  readonly refused: number;
  readonly complained: number;
  readonly bouncedHard: number;
  readonly unsubscribed: number;
}

/** So many of so many. */
export interface Share {
  readonly cases: number;
  readonly sample: number;
}

const shares: Readonly<Record<WatchedRate, (counts: GuardrailCounts) => Share>> = {
  complaint: ({ complained, delivered }) => ({ cases: complained, sample: delivered }),
  hardBounce: ({ bouncedHard, sent }) => ({ cases: bouncedHard, sample: sent }),
  unsubscribe: ({ unsubscribed, delivered }) => ({ cases: unsubscribed, sample: delivered }),
  failure: ({ refused, sent }) => ({ cases: refused, sample: sent + refused }),
};

/** The share of a rate since `from`. A receipt may come before that of its delivery: nobody is more than all. */
export function shareOf(rate: WatchedRate, counts: GuardrailCounts, from?: GuardrailCounts): Share {
  const now = shares[rate](counts);
  const then = from ? shares[rate](from) : { cases: 0, sample: 0 };
  const cases = Math.max(0, now.cases - then.cases);
  return { cases, sample: Math.max(cases, now.sample - then.sample) };
}
