import type { FrozenPlan } from './frozen-plan';

/** The draws that a plan makes of people, by name: with a person's id the key of their bucket (`hashBucket`). */
export const drawNames = {
  // Salted by the organization, not by the campaign: the same people in all of its campaigns.
  controlGroup: ({ organizationId }: FrozenPlan): string => `orgcontrol:${organizationId}:`,
  holdout: ({ salt }: FrozenPlan): string => `holdout:${salt}:`,
  variant: ({ salt }: FrozenPlan): string => `variant:${salt}:`,
} as const;

/** In a share are those whose bucket is below this. */
export const endOfShare = (percentage: number): number => Math.round(percentage * 100);
