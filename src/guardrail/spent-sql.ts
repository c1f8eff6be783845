import { CHANNEL, EXECUTION_KIND } from '../shared/ledger-codes';

const kinds = Object.entries(CHANNEL)
  .map(([name, no]) => `(${no}, '${name}')`)
  .join(', ');

/** What one message costs by a budget, by the channel's number; those that it says nothing of are free. */
export const costSql = (budget: string, channelNo: string): string =>
  `coalesce((${budget} -> 'costPerMessage' ->> (select kind.name from (values ${kinds}) kind (no, name) where kind.no = ${channelNo}))::numeric, 0)`;

/**
 * What a campaign's messages have cost by its budget: each that was accepted, may have been, or is on its way now. From
 * counters, which change in the transaction that changes the rows, so it is exact at every commit. Tests cost nothing.
 */
export const spentSql = (campaignNo: string, budget: string): string =>
  `(select coalesce(sum((n.sent + n.unknown + n.in_flight) * ${costSql(budget, 'n.channel')}), 0)
    from campaign.execution x join campaign.counter n on n.exec_no = x.exec_no and n.goal = 0 and n.segment_no = 0
    where x.campaign_no = ${campaignNo} and x.kind <> ${EXECUTION_KIND.TEST})`;
