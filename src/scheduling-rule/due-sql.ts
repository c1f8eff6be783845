/** Later than this a campaign is not started any more: nobody wants the morning's mail at night (P-12). */
export const GRACE_MINUTES = 60;

/** The rule of a campaign `c` that the engine is asked about; nothing where a person started it, who has decided. */
export const RULE_ID = `case when (c.schedule ->> 'byHand')::boolean then null else c.delivery ->> 'schedulingRuleId' end`;

/** The answer of its present rule about the very occurrence of campaign `c` that is due. */
export const ANSWER = `left join campaign.scheduling_answer a
  on a.campaign_no = c.campaign_no and a.occurrence = c.schedule ->> 'at'
    and a.rule_id = c.delivery ->> 'schedulingRuleId'`;

/**
 * Whether the occurrence is given up by its time, at the time `now`: too late since it was due or the engine was last heard.
 * Waiting for a place is no lateness, but for one of which the engine says nothing.
 */
export const isLateSql = (now: string): string => `(greatest((c.schedule ->> 'at')::timestamptz, a.heard_at)
    < ${now}::timestamptz - interval '${GRACE_MINUTES} minutes'
  and (not coalesce((c.schedule ->> 'waitsForPlace')::boolean, false) or not a.answered and a.decision = 'WAIT'))`;

/** Whether there is something to do about a campaign that goes by a rule: start it, skip it or give it up. */
export const isDecidedSql = (now: string): string => `(a.decision = 'SKIP'
  or a.decision = 'START' and a.ask_again_at > ${now}::timestamptz
  or a.outlived_at <= ${now}::timestamptz or ${isLateSql(now)})`;
