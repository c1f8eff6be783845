import { drawNames, endOfShare } from '../execution/draws';
import type { FrozenPlan } from '../execution/frozen-plan';
import { hashBucket } from '../shared/hash-bucket';

/** What is known of how a message was judged. */
export interface MessageJudgement {
  readonly plan: FrozenPlan;
  /** Nothing of who was erased. */
  readonly userId: string | null;
  /** 1: its variant was open at the start, so no draw decided it. */
  readonly phase: number;
  /** When the gate that stopped it did so, and at which attempt. */
  readonly at: Date | null;
  readonly attempt: number | null;
}

/** What gates saw, by their name. */
export type GateValues = Readonly<Partial<Record<string, Readonly<Record<string, unknown>>>>>;

/**
 * What the gates that draw saw. It need not be kept: a person's bucket is the same for ever, and the plan is frozen. What
 * others saw of a person is theirs to change; of those the time is told at which they stopped the message.
 */
export function drawnValues({ plan, userId, phase }: MessageJudgement): GateValues {
  if (userId === null || plan.test) return {};
  const share = (name: string, percentage: number) =>
    percentage > 0 ? { bucket: hashBucket(name, userId), below: endOfShare(percentage) } : undefined;
  return {
    organization_control: share(drawNames.controlGroup(plan), plan.controlGroupPercentage ?? 0),
    holdout: share(drawNames.holdout(plan), plan.holdoutPercentage),
    variant: phase === 0 && plan.assignment.kind === 'HASH' ? variantDraw(plan, userId) : undefined,
  };
}

/** Each variant has the buckets from the end of the one before it. */
function variantDraw(plan: FrozenPlan, userId: string) {
  let below = 0;
  const variants = plan.variants.map(({ id, allocation }) => {
    below += allocation;
    return { variantId: id, below };
  });
  return { bucket: hashBucket(drawNames.variant(plan), userId), variants };
}
