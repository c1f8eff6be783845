import { DomainError } from '../shared/errors';

/** Shares that a campaign may not be over, in hundredths of a percent; what is missing is not watched. */
export interface Guardrails {
  /** Of the delivered, those who complained. */
  readonly complaint?: number;
  /** Of the sent, those whose address does not exist. */
  readonly hardBounce?: number;
  /** Of the delivered, those who unsubscribed. */
  readonly unsubscribe?: number;
  /** Of those that were handed over, those that their transport refused for good. */
  readonly failure?: number;
  /** Nothing is judged of fewer messages. */
  readonly minimumSample: number;
}

/** The shares that can be watched. */
export const watchedRates = ['complaint', 'hardBounce', 'unsubscribe', 'failure'] as const;
export type WatchedRate = (typeof watchedRates)[number];

/** Messages before anything is judged, where the campaign does not say. */
export const minimumSample = { default: 500, least: 50, most: 1_000_000 } as const;
const MOST_HUNDREDTHS = 9_900;

/** Refuses guardrails that could never stop anything, or that would stop everything. */
export function checkGuardrails(guardrails: Guardrails): void {
  const sample = guardrails.minimumSample;
  if (sample < minimumSample.least || sample > minimumSample.most)
    throw invalid(
      'minimumSample',
      `a sample is ${minimumSample.least} to ${minimumSample.most} messages, not ${sample}`,
    );
  for (const rate of watchedRates) {
    const limit = guardrails[rate];
    if (limit !== undefined && (limit < 1 || limit > MOST_HUNDREDTHS))
      throw invalid(`${rate}Percentage`, `a limit is 0.01 to ${MOST_HUNDREDTHS / 100} percent, not ${limit / 100}`);
  }
}

const invalid = (field: string, message: string): DomainError =>
  new DomainError('CAMPAIGN_INVALID', message, `guardrails.${field}`);
