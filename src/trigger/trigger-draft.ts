import { z } from 'zod';
import { DomainError } from '../shared/errors';
import { firstMistake } from '../shared/schema-mistake';
import { isStorable } from '../shared/storable-text';

/** What triggers of one campaign may be at most (SPEC §8); delay in minutes. */
export const triggerLimits = {
  triggers: 10,
  conditions: 10,
  delayMinutes: 30 * 24 * 60,
  frequencyCount: 1_000,
  frequencyHours: 8_760,
  values: 100,
} as const;

const text = (most: number) => z.string().min(1).max(most).refine(isStorable, 'holds characters that cannot be stored');
const scalar = z.union([text(1_000), z.number(), z.boolean()], 'must be a text, a number or a boolean');
const field = text(200).regex(/^[\w$-]+(\.[\w$-]+)*$/, 'must be a path such as `order.total`');

const condition = z.discriminatedUnion('operator', [
  z.strictObject({ field, operator: z.enum(['equals', 'not_equals', 'contains']), value: scalar }),
  z.strictObject({
    field,
    operator: z.enum(['greater_than', 'less_than']),
    value: z.union([z.number(), z.iso.datetime()]),
  }),
  z.strictObject({ field, operator: z.literal('in'), value: z.array(scalar).min(1).max(triggerLimits.values) }),
  z.strictObject({ field, operator: z.literal('exists'), value: z.boolean().default(true) }),
]);

const trigger = z.strictObject({
  id: z.string().optional(),
  eventType: text(100).regex(/^[\w-]+([.:][\w-]+)*$/, 'must be an event type such as `order.completed`'),
  conditions: z.array(condition).max(triggerLimits.conditions).default([]),
  delayMinutes: z.int().min(0).max(triggerLimits.delayMinutes).default(0),
  frequencyCount: z.int().min(1).max(triggerLimits.frequencyCount).default(1),
  frequencyHours: z.int().min(1).max(triggerLimits.frequencyHours).default(24),
  heedsQuietHours: z.boolean().default(true),
  enabled: z.boolean().default(true),
});

const triggers = z.strictObject({ triggers: z.array(trigger).max(triggerLimits.triggers) });

/** A trigger as a caller gives it; what is missing has its default. With the id of a present one it stays that trigger. */
export type TriggerDraft = z.input<typeof trigger>;
/** The same, judged. */
export type CheckedTrigger = z.output<typeof trigger>;

/** Judges the triggers of a campaign, each with its conditions; the path of a mistake starts at its trigger. */
export function checkTriggers(drafts: readonly TriggerDraft[]): readonly CheckedTrigger[] {
  const result = triggers.safeParse({ triggers: drafts });
  if (result.success) return result.data.triggers;
  const { message, path } = firstMistake(result.error);
  throw new DomainError('CAMPAIGN_INVALID_TRIGGER', message, path);
}
