import type { EntityManager } from '@mikro-orm/postgresql';
import type { Campaign } from '../campaign/campaign';
import { DomainError } from '../shared/errors';
import { costSql, spentSql } from './spent-sql';

interface Spent {
  readonly spent: string;
  readonly amount: string;
  readonly currency: string;
  readonly enough: boolean;
}

/** Refuses to go on with a campaign that stopped at its budget while that does not pay what waits first. */
export async function requireBudget(em: EntityManager, campaign: Campaign): Promise<void> {
  if (campaign.guardrailTrip?.kind !== 'budget' || !campaign.budget) return;
  const [row] = await em.execute<Spent[]>(FIRST_PAID, [campaign.campaignNo]);
  if (!row || row.enough) return;
  throw usedUp(row, 'raise budget.amount, then resume, or cancel');
}

/** Refuses what an execution that had ended has queued anew, where the rest of the budget does not pay all of it. */
export async function requirePaid(em: EntityManager, execNo: string): Promise<void> {
  const [row] = await em.execute<Spent[]>(ALL_PAID, [execNo, execNo]);
  if (!row || row.enough) return;
  throw usedUp(row, 'the rest does not pay all that would be sent again');
}

function usedUp({ spent, amount, currency }: Spent, whatToDo: string): DomainError {
  const message = `${spent} of ${amount} ${currency} are spent: ${whatToDo}`;
  return new DomainError('CAMPAIGN_BUDGET_USED_UP', message, 'budget.amount');
}

const spentAnd = (wanted: string, where: string) => `
select s.spent::text as spent, s.budget ->> 'amount' as amount, s.budget ->> 'currency' as currency,
  s.spent + s.wanted <= (s.budget ->> 'amount')::numeric as enough
from (select c.budget, ${spentSql('c.campaign_no', 'c.budget')} as spent, (${wanted}) as wanted
  from campaign.campaign c where ${where} and c.budget is not null) s`;

// The dearest of what waits: else the campaign would stop again at once.
const FIRST_PAID = spentAnd(
  `select coalesce(max(${costSql('c.budget', 'w.channel')}), 0) from (
      select n.channel from campaign.execution e join campaign.counter n on n.exec_no = e.exec_no
      where e.campaign_no = c.campaign_no and e.status = 'paused' and n.goal = 0 and n.segment_no = 0
      group by n.channel having sum(n.queued) > 0) w`,
  'c.campaign_no = ?',
);

const ALL_PAID = spentAnd(
  `select coalesce(sum(${costSql('c.budget', 'n.channel')} * n.queued), 0) from campaign.counter n
      where n.exec_no = ? and n.goal = 0 and n.segment_no = 0`,
  'c.campaign_no = (select campaign_no from campaign.execution where exec_no = ?)',
);
