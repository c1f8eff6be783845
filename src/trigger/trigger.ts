export const conditionOperators = [
  'equals',
  'not_equals',
  'contains',
  'greater_than',
  'less_than',
  'in',
  'exists',
] as const;
export type ConditionOperator = (typeof conditionOperators)[number];

/** What must be true of an event: `field` is a path into its data. */
export interface TriggerCondition {
  readonly field: string;
  readonly operator: ConditionOperator;
  readonly value: unknown;
}

/** An event that sets a campaign off for the person it is about; all of its conditions must hold. */
export class Trigger {
  triggerNo!: number;
  id!: string;
  organizationNo!: number;
  campaignNo!: number;
  position!: number;
  eventType!: string;
  conditions!: readonly TriggerCondition[];
  delayMinutes!: number;
  /** So many times for a person, within `frequencyHours`. */
  frequencyCount!: number;
  frequencyHours!: number;
  heedsQuietHours!: boolean;
  enabled!: boolean;
}
