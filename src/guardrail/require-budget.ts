import type { EntityManager } from '@mikro-orm/postgresql';
import type { Campaign } from '../campaign/campaign';
import { DomainError } from '../shared/errors';
import { costSql, spentSql } from './spent-sql';

/** Refuses to go on with a campaign that stopped at its budget while that does not pay what waits first. */
export async function requireBudget(em: EntityManager, campaign: Campaign): Promise<void> {
  if (campaign.guardrailTrip?.kind !== 'budget' || !campaign.budget) return;
  const [row] = await em.execute<{ spent: string; enough: boolean }[]>(SPENT, [campaign.campaignNo]);
  if (!row || row.enough) return;
  const { amount, currency } = campaign.budget;
  const message = `${row.spent} of ${amount} ${currency} are spent: raise budget.amount, then resume, or cancel`;
  throw new DomainError('CAMPAIGN_BUDGET_USED_UP', message, 'budget.amount');
}

// The dearest of what waits: else the campaign would stop again at once.
const SPENT = `select s.spent::text as spent, s.spent + s.dearest <= (s.budget ->> 'amount')::numeric as enough
from (select c.budget, ${spentSql('c.campaign_no', 'c.budget')} as spent, (
    select coalesce(max(${costSql('c.budget', 'w.channel')}), 0) from (
      select n.channel from campaign.execution e join campaign.counter n on n.exec_no = e.exec_no
      where e.campaign_no = c.campaign_no and e.status = 'paused' and n.goal = 0 and n.segment_no = 0
      group by n.channel having sum(n.queued) > 0) w) as dearest
  from campaign.campaign c where c.campaign_no = ?) s`;
