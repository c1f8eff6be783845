import { z } from 'zod';
import { RemoteFailure } from '../remote/remote-failure';
import type { RemoteService } from '../remote/remote-service';
import { isStorable } from '../shared/storable-text';

/** Campaigns in one question. */
export const CAMPAIGNS_ASKED = 100;
const LONGEST_REASON = 500;

/** A campaign whose time has come, as a rules engine is told of it. */
export interface AskedCampaign {
  readonly campaign_id: string;
  readonly rule_id: string;
  readonly name: string;
  readonly type: string;
  readonly purpose: string;
  readonly tags: readonly string[];
  /** ISO 8601, UTC. */
  readonly due_at: string;
}

export const ruleDecisions = ['START', 'WAIT', 'SKIP'] as const;
export type RuleDecision = (typeof ruleDecisions)[number];

/** What stands in for an engine that cannot be asked. */
export const ruleFallbacks = ['WAIT', 'START'] as const;
export type RuleFallback = (typeof ruleFallbacks)[number];

/** What a rule says of a campaign. */
export interface RuleSaid {
  readonly decision: RuleDecision;
  readonly reason: string | null;
  /** Until when it is to wait; nothing where that is not known. */
  readonly until: Date | null;
}

const answer = z.object({
  campaigns: z
    .array(
      z.object({
        campaign_id: z.string(),
        decision: z
          .string()
          .transform((word) => word.toUpperCase())
          .pipe(z.enum(ruleDecisions)),
        reason: z.string().max(LONGEST_REASON).refine(isStorable).nullish(),
        until: z.iso.datetime({ offset: true }).nullish(),
      }),
    )
    .max(CAMPAIGNS_ASKED),
});

/** Asks the engine whether these campaigns of one organization may start now; by their id. Throws RemoteFailure. */
export async function askRules(
  service: RemoteService,
  organizationId: string,
  { now, campaigns }: { readonly now: Date; readonly campaigns: readonly AskedCampaign[] },
): Promise<ReadonlyMap<string, RuleSaid>> {
  const body = { now: now.toISOString(), campaigns };
  const question = { method: 'POST', path: '/api/v1/rules/schedule', organizationId, body } as const;
  const said = answer.safeParse(await service.json(question));
  if (!said.success) throw new RemoteFailure('garbage', 'an answer that decides nothing about campaigns');
  return new Map(
    said.data.campaigns.map(({ campaign_id, decision, reason, until }) => [
      campaign_id,
      { decision, reason: reason ?? null, until: until == null ? null : new Date(until) },
    ]),
  );
}
