import type { Transaction } from '../adapters/postgres';
import type { FrozenAudience, FrozenPlan } from '../execution/frozen-plan';
import { asksAboutBehaviour } from '../segment/behaviour-campaigns';
import type { OrganizationPast, PastExecutions } from '../segment/people-sets';
import type { Rule } from '../segment/rule.types';
import { EXECUTION_KIND } from '../shared/ledger-codes';

/** Whether an audience is meant by a rule, not by a list of people. */
export const isRule = (audience: FrozenAudience): audience is Rule => !('remote' in audience || 'named' in audience);

/** Whether it depends on what was between people and campaigns who is in the audience. */
export const isAboutBehaviour = ({ include, exclude }: Pick<FrozenPlan, 'include' | 'exclude'>): boolean =>
  [...include, ...exclude].some((audience) => isRule(audience) && asksAboutBehaviour(audience));

/** The executions that a plan's rules about behaviour may ask about; none where it has no such rules. */
export async function readPast(tx: Transaction, plan: FrozenPlan, orgNo: number): Promise<OrganizationPast> {
  if (!isAboutBehaviour(plan)) return { ofCampaign: new Map(), ofAny: sumOf([]) };
  const executions = await tx.query<PastExecution>(PAST, [orgNo], 'past-executions');
  const byCampaign = Map.groupBy(executions, ({ campaign_id: id }) => id);
  return {
    ofCampaign: new Map([...byCampaign].map(([id, its]) => [id, sumOf(its)])),
    ofAny: sumOf(executions),
  };
}

interface PastExecution {
  readonly exec_no: number;
  readonly campaign_id: string;
  readonly messages: number;
}

const sumOf = (executions: readonly PastExecution[]): PastExecutions => ({
  execNos: executions.map(({ exec_no: no }) => no),
  messages: executions.reduce((sum, { messages }) => sum + messages, 0),
});

const PAST = `select x.exec_no, k.id as campaign_id, x.next_seq - 1 as messages
from campaign.execution x join campaign.campaign k using (campaign_no)
where x.org_no = $1 and x.kind <> ${EXECUTION_KIND.TEST} order by x.exec_no`;
