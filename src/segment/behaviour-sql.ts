import { EXECUTION_KIND, TOUCH, VERDICT } from '../shared/ledger-codes';
import { lastDays } from './comparison-sql';
import type { PeopleSets } from './people-sets';
import type { Operator, Scalar } from './rule.types';
import type { Behaviour } from './rule-field';
import type { RuleContext } from './rule-sql';
import type { SqlParameters } from './sql-parameters';

/** A condition on what was between a contact and one campaign, or any. */
interface BehaviourCondition {
  readonly event: Behaviour;
  readonly campaignId?: string;
  readonly operator: Operator;
  readonly value: Scalar | readonly Scalar[];
  readonly parameters: SqlParameters;
  readonly context: RuleContext;
}

/** Whether it was so; of everybody at once where the statement has sets. */
export function behaviourSql(condition: BehaviourCondition): string {
  const { context, campaignId } = condition;
  const execNos = context.sets?.executionsOf(campaignId);
  return execNos && context.sets ? inSet(condition, context.sets, execNos) : lookedUp(condition);
}

/** As a condition of its own PostgreSQL joins it by itself, without making its people distinct first. */
function inSet(condition: BehaviourCondition, sets: PeopleSets, execNos: readonly number[]): string {
  if (sets.range) return inOrderedSet(condition, { sets, range: sets.range() }, execNos);
  const among = (row: string) => `${row}.exec_no = any (${condition.parameters.bind(execNos)}::int8[])`;
  const people = `from campaign.message m where ${among('m')} and ${happened(condition, { among: (row) => `and ${among(row)}`, fence: '' })}`;
  return condition.context.isConjunct
    ? `(exists (select ${people} and m.contact_no = c.contact_no))`
    : sets.join(`select m.contact_no ${people}`);
}

/**
 * The people of a range, read in the order of their numbers by message_by_contact, whose entries tell the execution; what
 * lies beside a message is looked up. An order of its own keeps other indexes away, which would read a whole execution.
 */
function inOrderedSet(
  condition: BehaviourCondition,
  { sets, range }: { readonly sets: PeopleSets; readonly range: string },
  execNos: readonly number[],
): string {
  const { parameters, context } = condition;
  const bounds = [execNos.at(0) ?? 0, execNos.at(-1) ?? 0].map((execNo) => `${parameters.bind(execNo)}::int8`);
  const people = `select m.contact_no from campaign.message m where m.contact_no ${range}
    and m.exec_no between ${bounds.join(' and ')} and m.exec_no = any (${parameters.bind(execNos)}::int8[])
    and ${happened(condition, oneByOne)} order by m.contact_no offset 0`;
  return context.isConjunct
    ? `(exists (select from (${people}) p where p.contact_no = c.contact_no))`
    : sets.join(people);
}

/**
 * One look-up in the messages of each person, by message_by_contact: "offset 0" forbids a join, which would read the
 * ledger of everybody for every batch of a directory. Trials are no campaign that anybody was sent.
 */
const lookedUp = (condition: BehaviourCondition): string =>
  `(exists (select from campaign.message m where m.contact_no = c.contact_no and m.org_no = c.org_no
    and ${inCampaign(condition)} and ${happened(condition, oneByOne)} offset 0))`;

// The executions of a campaign do not depend on the person: they are read once for the statement. Another
// organization's have no message of this contact.
const inCampaign = ({ campaignId, parameters }: BehaviourCondition): string =>
  campaignId === undefined
    ? `not exists (select from campaign.execution x
        where x.exec_no = m.exec_no and x.kind = ${EXECUTION_KIND.TEST} offset 0)`
    : `m.exec_no = any (array(select x.exec_no from campaign.execution x join campaign.campaign k using (campaign_no)
        where k.id = ${parameters.bind(campaignId)}::text and x.kind <> ${EXECUTION_KIND.TEST}))`;

/** How rows of the tables beside messages are found: `among` names the parts where they may be, `fence` forbids a join. */
interface Finding {
  readonly among: (row: 't' | 'o') => string;
  readonly fence: string;
}

const oneByOne: Finding = { among: () => '', fence: 'offset 0' };

function happened(condition: BehaviourCondition, { among, fence }: Finding): string {
  const { event } = condition;
  if (event === 'sent') return isDated(condition) ? `m.sent_at ${span(condition)}` : 'm.sent_at is not null';
  if (event === 'converted')
    return `exists (select from campaign.outcome o where o.exec_no = m.exec_no and o.seq = m.seq ${among('o')}
        ${isDated(condition) ? `and o.at ${span(condition)}` : ''} ${fence})`;
  // The row has the first touch of a human; whether there was one in these days, only the touches tell.
  const ever = `m.${event}_at is not null`;
  if (!isDated(condition)) return ever;
  return `${ever} and exists (select from campaign.touch t where t.exec_no = m.exec_no and t.seq = m.seq ${among('t')}
        and t.kind = ${TOUCH[event]} and t.verdict = ${VERDICT.human} and t.at ${span(condition)} ${fence})`;
}

const isDated = ({ operator }: BehaviourCondition): boolean => operator === 'within_last';

const span = ({ value, parameters, context }: BehaviourCondition): string =>
  lastDays(Number(value), (part) => parameters.bind(part), context.now);
