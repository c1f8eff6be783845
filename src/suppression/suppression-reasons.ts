/** Why people are not contacted; `erased` is nobody's to say but the erasure's. */
export const suppressionReasons = ['unsubscribed', 'complained', 'hard_bounced', 'do_not_send'] as const;
export type GivenReason = (typeof suppressionReasons)[number];
