import type { Transaction } from '../adapters/postgres';
import { belongsSql, capSalt } from '../dispatch/audience-sql';
import type { FrozenAudience, FrozenPlan } from '../execution/frozen-plan';
import { isSame, nameOf, type RemoteReference } from '../remote-list/remote-list';
import { type Answer, accountOf, conditionsSql, nextOf, type RuleAccount } from '../segment/rule-account';
import { SqlParameters } from '../segment/sql-parameters';
import { hashBucket } from '../shared/hash-bucket';
import type { AudienceKind } from './audience';

/** What one audience of a campaign says of a person. */
export interface AudienceAccount {
  readonly kind: AudienceKind;
  /** Whether it means them; null where that is no longer known: a list of another service's is kept until the next one. */
  readonly result: boolean | null;
  /** Whether it alone would keep them out. */
  readonly keepsOut: boolean;
  /** Rule by rule; a list of names is one rule. */
  readonly rules: readonly RuleAccount[];
}

/** What the audiences of a plan say of a person of the directory, of their contact as it is. */
export interface PersonAccount {
  readonly contactNo: number;
  readonly changedAt: Date;
  readonly audiences: readonly AudienceAccount[];
  /** Whether the audiences mean them, and none leaves them out; null where that is no longer known. */
  readonly isMember: boolean | null;
  /** Their place in the draw of a cap, and the last one that is in; nothing where there is none. */
  readonly cap?: { readonly bucket: number; readonly last: number | null; readonly isIn: boolean };
}

/** Whose account, by their id, and what `within_last` counts back from. */
interface Whose {
  readonly orgNo: number;
  readonly userId: string;
  readonly asOf: Date;
  /** Of a member what held of them when they were judged (`heldOfMember`); where that is null, and of others, what holds now. */
  readonly held?: readonly (boolean | null)[];
}

/**
 * The audiences of a plan, includes before excludes, rule by rule in the order of evaluation. Conditions are judged in SQL
 * as they are when everybody is judged; what joins them is true or false. Nothing of who is not in the directory.
 */
export async function accountOfPerson(
  tx: Transaction,
  plan: FrozenPlan,
  whose: Whose,
): Promise<PersonAccount | undefined> {
  const parameters = new SqlParameters();
  const audiences = [...plan.include, ...plan.exclude];
  const asked = audiences.flatMap((audience) => askedSql(audience, { plan, whose, parameters }));
  const sql = `select c.contact_no as "contactNo", c.updated_at as "changedAt",
      to_jsonb(array[${asked.map(({ result }) => result).join(', ')}]::boolean[]) as results,
      to_jsonb(array[${asked.map(({ value }) => value).join(', ')}]::jsonb[]) as values
    from campaign.contact c
    where c.org_no = ${parameters.bind(whose.orgNo)} and c.external_id = ${parameters.bind(whose.userId)}
      and not c.shadow and c.erased_at is null`;
  const [row] = await tx.query<PersonRow>(sql, parameters.values);
  return row && personAccount(plan, whose, row);
}

interface PersonRow {
  readonly contactNo: number;
  readonly changedAt: Date;
  readonly results: readonly (boolean | null)[];
  readonly values: readonly unknown[];
}

function personAccount(plan: FrozenPlan, { userId, held }: Whose, row: PersonRow): PersonAccount {
  const { contactNo, changedAt, results, values } = row;
  const answers = results.map((now, index) => ({ result: held?.[index] ?? now, value: values[index] })).values();
  const accounts = (kind: AudienceKind, audiences: readonly FrozenAudience[]) =>
    audiences.map((audience) => audienceAccount(audience, kind, answers));
  const audiences = [...accounts('INCLUDE', plan.include), ...accounts('EXCLUDE', plan.exclude)];
  const belongs = audiences.length > 0 && audiences.every(({ keepsOut }) => !keepsOut);
  const isMember = belongs && audiences.some(({ result }) => result === null) ? null : belongs;
  const cap = capOf(plan, userId, contactNo);
  return { contactNo, changedAt, audiences, isMember, ...(cap && { cap }) };
}

type Answers = Iterator<Answer, unknown>;

function audienceAccount(audience: FrozenAudience, kind: AudienceKind, answers: Answers): AudienceAccount {
  const rules =
    'remote' in audience || 'named' in audience ? listAccount(audience, answers) : accountOf(audience, answers);
  const result = rules[0]?.result ?? null;
  return { kind, result, keepsOut: result === (kind === 'EXCLUDE'), rules };
}

type Listed = Extract<FrozenAudience, { readonly remote: unknown } | { readonly named: unknown }>;

const listAccount = (audience: Listed, answers: Answers): RuleAccount[] => {
  const rule =
    'remote' in audience ? `is in ${nameOf(audience.remote)}` : `is among the ${audience.named.people} named`;
  return [{ path: '', rule, result: nextOf(answers).result }];
};

interface Asking {
  readonly plan: FrozenPlan;
  readonly whose: Whose;
  readonly parameters: SqlParameters;
}

function askedSql(audience: FrozenAudience, { plan, whose: { asOf }, parameters }: Asking) {
  if (!('remote' in audience || 'named' in audience)) return conditionsSql(audience, parameters, { now: asOf });
  const belongs = belongsSql(audience, { plan, asOf }, parameters);
  const kept = 'remote' in audience ? isKeptSql(audience.remote, plan, parameters) : 'true';
  return [{ result: `case when ${kept} then ${belongs} end`, value: 'null::jsonb' }];
}

function isKeptSql(remote: RemoteReference, { lists = [] }: FrozenPlan, parameters: SqlParameters): string {
  const no = parameters.bind(lists.find((list) => isSame(list, remote))?.no ?? 0);
  return `exists (select from campaign.remote_list l where l.list_no = ${no}::int8)`;
}

function capOf({ audienceCap, ...plan }: FrozenPlan, userId: string, contactNo: number): PersonAccount['cap'] {
  if (audienceCap?.last === undefined) return undefined;
  const bucket = hashBucket(capSalt(plan), userId);
  const { last } = audienceCap;
  const isIn = last === null || bucket < last.bucket || (bucket === last.bucket && contactNo <= last.contactNo);
  return { bucket, last: last?.bucket ?? null, isIn };
}
