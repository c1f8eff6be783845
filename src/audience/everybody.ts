import type { Transaction } from '../adapters/postgres';
import type { JudgementScope } from '../dispatch/audience-sql';
import { readPast } from '../dispatch/past-executions';
import type { FrozenPlan } from '../execution/frozen-plan';

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
  const sets = { past: await readPast(tx, plan, orgNo), mostMessages: MOST_MESSAGES };
  return { orgNo, asOf, afterContactNo: 0, upperContactNo: Number.MAX_SAFE_INTEGER, sets };
}

// A nested loop that was planned for a few people is what a count of a million cannot afford.
const SETTINGS = `select set_config('work_mem', '${SET_MEMORY}', true), set_config('jit', 'off', true),
  set_config('enable_nestloop', 'off', true)`;

const NEXT_PART = `select contact_no from campaign.contact
where org_no = $1 and contact_no > $2 order by contact_no offset $3 limit 1`;
