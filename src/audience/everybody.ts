import type { Transaction } from '../adapters/postgres';
import type { JudgementScope } from '../dispatch/audience-sql';
import type { FrozenPlan } from '../execution/frozen-plan';
import { asksAboutBehaviour } from '../segment/behaviour-campaigns';
import type { OrganizationPast, PastExecutions } from '../segment/people-sets';
import { EXECUTION_KIND } from '../shared/ledger-codes';

/** Whose directory, and when it starts. */
export interface EverybodyOf {
  readonly orgNo: number;
  readonly asOf: Date;
}

/** Contacts that one statement counts: so many take seconds. */
const PART = 1_000_000;
/** Messages that a set is made of at most. */
const MOST_MESSAGES = 5_000_000;
/** Room for the people of one set, two million of them; larger ones are held on disk, or looked up one by one. */
const SET_MEMORY = '64MB';

/** A directory in parts, each for statements that count it. */
export async function* everybody(
  tx: Transaction,
  plan: FrozenPlan,
  whose: EverybodyOf,
): AsyncGenerator<JudgementScope> {
  const everyone = await everybodyAtOnce(tx, plan, whose);
  for (let afterContactNo = 0; ; ) {
    const [next] = await tx.query<{ contact_no: number }>(NEXT_PART, [whose.orgNo, afterContactNo, PART]);
    const upperContactNo = next ? next.contact_no - 1 : Number.MAX_SAFE_INTEGER;
    yield { ...everyone, afterContactNo, upperContactNo };
    if (!next) return;
    afterContactNo = upperContactNo;
  }
}

/**
 * The whole directory in one part. Its statements may be worked on by several processes of PostgreSQL, and hold everybody
 * against the people of a campaign as sets; the settings that this takes end with the transaction.
 */
export async function everybodyAtOnce(
  tx: Transaction,
  plan: FrozenPlan,
  { orgNo, asOf }: EverybodyOf,
): Promise<JudgementScope> {
  await tx.query(SETTINGS);
  const counted = { past: await readPast(tx, plan, orgNo), mostMessages: MOST_MESSAGES };
  return { orgNo, asOf, afterContactNo: 0, upperContactNo: Number.MAX_SAFE_INTEGER, counted };
}

// A nested loop that was planned for a few people is what a count of a million cannot afford.
const SETTINGS = `select set_config('work_mem', '${SET_MEMORY}', true), set_config('jit', 'off', true),
  set_config('enable_nestloop', 'off', true)`;

const NEXT_PART = `select contact_no from campaign.contact
where org_no = $1 and contact_no > $2 order by contact_no offset $3 limit 1`;

async function readPast(tx: Transaction, plan: FrozenPlan, orgNo: number): Promise<OrganizationPast> {
  const rules = [...plan.include, ...plan.exclude].flatMap((audience) =>
    'remote' in audience || 'named' in audience ? [] : [audience],
  );
  if (!rules.some(asksAboutBehaviour)) return { ofCampaign: new Map(), ofAny: sumOf([]) };
  const executions = await tx.query<PastExecution>(PAST, [orgNo]);
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
where x.org_no = $1 and x.kind <> ${EXECUTION_KIND.TEST}`;
