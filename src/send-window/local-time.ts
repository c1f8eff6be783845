import { DomainError } from '../shared/errors';

/** What becomes of those for whom the time is past already when the campaign starts. */
export const pastChoices = ['SEND_NOW', 'NEXT_DAY', 'SKIP'] as const;
export type PastChoice = (typeof pastChoices)[number];

/** A time of day on the recipient's clock at which each of them is written to. */
export interface LocalTime {
  readonly at: string;
  readonly ifPast: PastChoice;
}

/** Refuses what is no time of day. */
export function checkLocalTime({ at }: LocalTime): void {
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(at)) return;
  throw new DomainError(
    'CAMPAIGN_INVALID',
    `a time of day such as 09:30 is expected, not ${at.slice(0, 40)}`,
    'localTime.at',
  );
}
