import type { EntityManager } from '@mikro-orm/postgresql';
import type { Database } from '../adapters/postgres';
import type { Recurrence } from '../schedule/recurrence';
import { ANSWER, isDecidedSql, RULE_ID } from './due-sql';
import type { AskedCampaign, RuleDecision, RuleSaid } from './rule-question';

/** A campaign that waits for what its rule says. */
export interface Unasked extends AskedCampaign {
  readonly campaignNo: number;
  readonly orgNo: number;
  readonly organizationId: string;
  readonly recurrence: Recurrence | null;
  readonly passed: number;
  readonly endAt: Date | null;
}

/** What is written down of an answer, or of none. */
export interface KeptAnswer extends RuleSaid {
  readonly campaignNo: number;
  readonly orgNo: number;
  readonly occurrence: string;
  readonly ruleId: string;
  /** By the engine; else by what stands in for it. */
  readonly answered: boolean;
  readonly askAgainAt: Date;
  readonly outlivedAt: Date | null;
}

/** Campaigns looked at in one round; by turns of the organizations. */
const ROUND = 2_000;

const UNASKED = `
select "campaignNo", "orgNo", "organizationId", campaign_id, rule_id, name, type, purpose, tags, due_at, recurrence, passed,
  "endAt"
from (
  select c.campaign_no as "campaignNo", c.org_no as "orgNo", o.id as "organizationId", c.id as campaign_id, c.name, c.type,
    c.purpose, c.tags, ${RULE_ID} as rule_id, c.schedule ->> 'at' as due_at, c.schedule -> 'recurrence' as recurrence,
    coalesce((c.schedule ->> 'passed')::int, 0) as passed, c.end_at as "endAt",
    row_number() over (partition by c.org_no order by a.asked_at nulls first, c.campaign_no) as turn
  from campaign.campaign c join campaign.organization o using (org_no) ${ANSWER}
  where c.archived_at is null and c.status = 'scheduled' and (c.schedule ->> 'at') collate "C" <= $1
    and ${RULE_ID} is not null and c.org_no <> all($2::int[])
    and (a.campaign_no is null or a.ask_again_at <= $1::timestamptz) and not coalesce(${isDecidedSql('$1')}, false)
) unasked order by turn limit ${ROUND}`;

/** Those that are due and about which nothing is known, but not of the organizations that are being asked for. */
export const findUnasked = (ledger: Database, now: Date, underWay: readonly number[]): Promise<Unasked[]> =>
  ledger.query<Unasked>(UNASKED, [now.toISOString(), underWay], 'unasked-rules');

// The newest question stands, whichever process comes last. Of another occurrence, or another rule, nothing was heard yet.
const KEEP = `
insert into campaign.scheduling_answer as kept (campaign_no, org_no, occurrence, rule_id, decision, answered, reason, until, asked_at,
  heard_at, ask_again_at, outlived_at)
select "campaignNo", "orgNo", occurrence, "ruleId", decision, answered, reason, until, $2::timestamptz,
  case when answered then $2::timestamptz end, "askAgainAt", "outlivedAt"
from jsonb_to_recordset($1::jsonb) as r ("campaignNo" int8, "orgNo" int, occurrence text, "ruleId" text, decision text, answered boolean,
  reason text, until timestamptz, "askAgainAt" timestamptz, "outlivedAt" timestamptz)
order by 1
on conflict (campaign_no) do update set occurrence = excluded.occurrence, rule_id = excluded.rule_id, decision = excluded.decision,
  answered = excluded.answered, reason = excluded.reason, until = excluded.until, asked_at = excluded.asked_at,
  heard_at = coalesce(excluded.heard_at, case when (kept.occurrence, kept.rule_id) = (excluded.occurrence, excluded.rule_id) then kept.heard_at end),
  ask_again_at = excluded.ask_again_at, outlived_at = excluded.outlived_at
where kept.asked_at <= excluded.asked_at`;

/** Writes answers down. `askedAt` is when the question was put: the engine decided by what it knew then. */
export const keepAnswers = (ledger: Database, answers: readonly KeptAnswer[], askedAt: Date): Promise<unknown> =>
  ledger.query(KEEP, [JSON.stringify(answers), askedAt], 'keep-rule-answers');

/** What is known about the occurrence of a campaign that is due. */
export interface StandingAnswer {
  readonly decision: RuleDecision;
  readonly answered: boolean;
  readonly reason: string | null;
  readonly heardAt: Date | null;
  readonly askAgainAt: Date;
  readonly outlivedAt: Date | null;
}

interface StandingRow extends Pick<StandingAnswer, 'decision' | 'answered' | 'reason'> {
  readonly heard: number | null;
  readonly again: number;
  readonly outlived: number | null;
}

// Times as milliseconds: the ORM's connection gives them as texts.
const milliseconds = (column: string): string => `round(extract(epoch from ${column}) * 1000)::float8`;
const STANDING = `select decision, answered, reason, ${milliseconds('heard_at')} as heard,
  ${milliseconds('ask_again_at')} as again, ${milliseconds('outlived_at')} as outlived
from campaign.scheduling_answer where campaign_no = ? and org_no = ? and occurrence = ? and rule_id = ?`;

/** Reads it in the transaction that starts the campaign, or does not. */
export async function standingAnswer(
  em: EntityManager,
  campaign: { readonly campaignNo: number; readonly organizationNo: number },
  { occurrence, ruleId }: { readonly occurrence: string; readonly ruleId: string },
): Promise<StandingAnswer | undefined> {
  const { campaignNo, organizationNo } = campaign;
  const [row] = await em.execute<StandingRow[]>(STANDING, [campaignNo, organizationNo, occurrence, ruleId]);
  if (!row) return undefined;
  const { heard, again, outlived, ...said } = row;
  return { ...said, heardAt: instant(heard), askAgainAt: new Date(again), outlivedAt: instant(outlived) };
}

const instant = (at: number | null): Date | null => (at === null ? null : new Date(at));
