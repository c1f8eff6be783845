import { CHANNEL, EXECUTION_KIND } from '../shared/ledger-codes';

const kinds = Object.entries(CHANNEL)
  .map(([name, no]) => `(${no}, '${name}')`)
  .join(', ');

/** What one message costs by a budget, by the channel's number; those that it says nothing of are free. */
export const costSql = (budget: string, channelNo: string): string =>
  `coalesce((${budget} -> 'costPerMessage' ->> (select kind.name from (values ${kinds}) kind (no, name) where kind.no = ${channelNo}))::numeric, 0)`;

/**
 * What a campaign's messages have cost by its budget: each attempt that was accepted, may have been, or is on its way now.
 * Of executions that have ended a total is kept (`spending-keeping.ts`), so that what this reads does not grow with every
 * minute of a campaign's life; of the others the counters, which change with the rows: exact at every commit. Tests cost
 * nothing.
 */
export const spentSql = (campaignNo: string, budget: string): string =>
  `(select coalesce(sum(p.messages * ${costSql(budget, 'p.channel')}), 0) from campaign.execution x
    cross join lateral (
      select t.channel, t.messages from campaign.spending t where t.exec_no = x.exec_no and x.status = 'completed'
      union all
      select n.channel, n.sent + n.unknown + n.in_flight + n.bounced_back from campaign.counter n
      where x.status <> 'completed' and n.exec_no = x.exec_no and n.goal = 0 and n.segment_no = 0
    ) p
    where x.campaign_no = ${campaignNo} and x.kind <> ${EXECUTION_KIND.TEST})`;
