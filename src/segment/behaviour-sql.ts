import { EXECUTION_KIND, TOUCH, VERDICT } from '../shared/ledger-codes';
import { lastDays } from './comparison-sql';
import type { Operator, Scalar } from './rule.types';
import type { Behaviour } from './rule-field';
import type { SqlParameters } from './sql-parameters';

/** A condition on what was between a contact and one campaign, or any. */
interface BehaviourCondition {
  readonly event: Behaviour;
  readonly campaignId?: string;
  readonly operator: Operator;
  readonly value: Scalar | readonly Scalar[];
  readonly parameters: SqlParameters;
  readonly now?: Date | undefined;
}

/**
 * One look-up in the messages of each person, by message_by_contact: "offset 0" forbids a join, which would read the
 * ledger of everybody for every batch of a directory. Trials are no campaign that anybody was sent.
 */
export const behaviourSql = (condition: BehaviourCondition): string =>
  `(exists (select from campaign.message m where m.contact_no = c.contact_no and m.org_no = c.org_no
    and ${inCampaign(condition)} and ${happened(condition)} offset 0))`;

// The executions of a campaign do not depend on the person: they are read once for the statement. Another
// organization's have no message of this contact.
const inCampaign = ({ campaignId, parameters }: BehaviourCondition): string =>
  campaignId === undefined
    ? `not exists (select from campaign.execution x
        where x.exec_no = m.exec_no and x.kind = ${EXECUTION_KIND.TEST} offset 0)`
    : `m.exec_no = any (array(select x.exec_no from campaign.execution x join campaign.campaign k using (campaign_no)
        where k.id = ${parameters.bind(campaignId)}::text and x.kind <> ${EXECUTION_KIND.TEST}))`;

const happened = (condition: BehaviourCondition): string => {
  switch (condition.event) {
    case 'sent':
      return isDated(condition) ? `m.sent_at ${span(condition)}` : 'm.sent_at is not null';
    case 'opened':
    case 'clicked':
      return touched(condition, condition.event);
    case 'converted':
      return `exists (select from campaign.outcome o where o.exec_no = m.exec_no and o.seq = m.seq
        ${isDated(condition) ? `and o.at ${span(condition)}` : ''} offset 0)`;
  }
};

// The row has the first touch of a human; whether there was one in these days, only the touches tell.
const touched = (condition: BehaviourCondition, event: 'opened' | 'clicked'): string => {
  const ever = `m.${event}_at is not null`;
  if (!isDated(condition)) return ever;
  return `${ever} and exists (select from campaign.touch t where t.exec_no = m.exec_no and t.seq = m.seq
        and t.kind = ${TOUCH[event]} and t.verdict = ${VERDICT.human} and t.at ${span(condition)} offset 0)`;
};

const isDated = ({ operator }: BehaviourCondition): boolean => operator === 'within_last';

const span = ({ value, parameters, now }: BehaviourCondition): string =>
  lastDays(Number(value), (part) => parameters.bind(part), now);
