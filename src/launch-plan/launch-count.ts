import type { Transaction } from '../adapters/postgres';
import { drawCap } from '../audience/audience-cap';
import { everybody } from '../audience/everybody';
import { excludedSql, type JudgementScope } from '../dispatch/audience-sql';
import { dueTimes } from '../dispatch/due-times';
import { judgementSql } from '../dispatch/judgement-sql';
import { columnsOf } from '../dispatch/ways-sql';
import type { FrozenPlan } from '../execution/frozen-plan';
import { releaseOf } from '../experiment/release';
import { SqlParameters } from '../segment/sql-parameters';
import { CHANNEL, DISPOSITION } from '../shared/ledger-codes';
import { missingSql } from './missing-variable';

/** Messages that would be judged alike, in the same zone, with the same due time. */
export interface PlannedGroup {
  readonly variant_no: number | null;
  readonly disposition: number;
  readonly reason: number;
  readonly due_at: Date;
  readonly time_zone: string;
  /** Null also where it was not asked for. */
  readonly locale: string | null;
  readonly channel: number;
  /** They would wait for a login: messages in the application whose people are not there. */
  readonly away: boolean;
  readonly n: number;
  /** How many of them would get nothing, for they lack what their content shows. */
  readonly fails: number;
  /** People among them, each of whom counts once. */
  readonly people: number;
  /** How many of them lack a variable, in the order in which the variables were asked for. */
  readonly missing: readonly number[];
}

/** Whose directory, when it starts, how many people it may have, and which variables to look for. */
export interface LaunchQuestion {
  readonly orgNo: number;
  readonly now: Date;
  readonly most: number;
  readonly variables: readonly string[];
  /** Whether people who read another language are counted apart. */
  readonly byLocale: boolean;
  /** Of a strict campaign: what nobody gets a variant without. */
  readonly needed: readonly NeededVariables[];
}

/** Variables that every message of a variant on a channel shows. */
export interface NeededVariables {
  readonly variantNo: number;
  readonly channel: number;
  readonly variables: readonly string[];
}

/** What a launch would come to. */
export interface LaunchCount {
  /** The plan with its cap drawn. */
  readonly plan: FrozenPlan;
  readonly groups: readonly PlannedGroup[];
  /** Those whom the includes mean, and an exclude leaves out. */
  readonly excludedByAudience: number;
  /** Those in the audience whom its cap leaves out. */
  readonly overCap: number;
}

/** Counts part by part, and no further once there are too many people. */
export async function countLaunch(tx: Transaction, wanted: FrozenPlan, question: LaunchQuestion): Promise<LaunchCount> {
  const whose = { orgNo: question.orgNo, asOf: question.now };
  const { plan, overCap } = await drawCap(tx, wanted, whose);
  const groups: PlannedGroup[] = [];
  let excludedByAudience = 0;
  for await (const scope of everybody(tx, plan, whose)) {
    groups.push(...(await countPart(tx, { plan, scope }, question)));
    excludedByAudience += await countExcluded(tx, { plan, scope });
    if (groups.reduce((sum, { people }) => sum + people, 0) > question.most) break;
  }
  return {
    plan,
    groups: groups.sort((one, other) => one.due_at.getTime() - other.due_at.getTime()),
    excludedByAudience,
    overCap,
  };
}

/** A plan, and the part of the directory that it is held against. */
interface PlannedPart {
  readonly plan: FrozenPlan;
  readonly scope: JudgementScope;
}

/** Judges everybody by the statement of the expansion, with its due times, and counts instead of writing. */
function countPart(tx: Transaction, { plan, scope }: PlannedPart, question: LaunchQuestion): Promise<PlannedGroup[]> {
  const parameters = new SqlParameters();
  const judgement = judgementSql(plan, scope, parameters);
  const now = `${parameters.bind(question.now)}::timestamptz`;
  const zone = parameters.bind(
    (plan.windows ?? plan.localTime ?? plan.quietHours ?? plan.smsQuietHours)?.timeZone ?? 'UTC',
  );
  const queued = `t.disposition = ${DISPOSITION.queued}`;
  const missing = question.variables.map(
    (variable) => `count(*) filter (where ${queued} and ${missingSql(variable, parameters)})`,
  );
  const { channel, alike, people } = columnsOf(plan);
  const fails = question.needed.map(
    ({ variantNo, channel: channelNo, variables }) =>
      `${channel} = ${channelNo} and t.variant_no = ${parameters.bind(variantNo)} and (${variables.map((one) => missingSql(one, parameters)).join(' or ')})`,
  );
  const person = missing.length + fails.length > 0 ? 'join campaign.contact c using (contact_no)' : '';
  const locale = question.byLocale ? `case when ${queued} then t.locale end` : 'null::text';
  const isInApp = plan.channels.includes('in_app');
  const away = isInApp ? `${queued} and ${channel} = ${CHANNEL.in_app} and ${absentSql(now)}` : 'false';
  const keys = `t.variant_no, t.disposition, t.reason, t.time_zone, t.waits${alike}`;
  const release = releaseOf(plan.experiment, question.now);
  // Due times are asked for once for all who are judged alike, not for each of them.
  const sql = `with ${judgement},
    alike as materialized (
      select ${keys}, ${locale} as locale, ${away} as away, count(*) as n, ${people()} as people,
        array[${missing.join(', ')}]::int8[] as missing,
        count(*) filter (where ${queued} and (${fails.join(' or ') || 'false'})) as fails
      from judged t ${person} group by ${keys}, ${locale}${isInApp ? ', away' : ''}
    ),
    ${dueTimes(plan, { now, parameters, release, asOf: question.now, of: 'alike' })}
    select t.variant_no, t.disposition, t.reason, t.due_at, coalesce(t.time_zone, ${zone}) as time_zone, t.locale,
      ${channel} as channel, t.away, t.n, t.people, t.missing, t.fails
    from timed t order by 4, 5, 1, 2, 3, 6`;
  return tx.query<PlannedGroup>(sql, parameters.values);
}

const absentSql = (now: string): string =>
  `not exists (select from campaign.contact_session s where s.contact_no = t.contact_no and s.until > ${now})`;

async function countExcluded(tx: Transaction, { plan, scope }: PlannedPart): Promise<number> {
  if (plan.exclude.length === 0) return 0;
  const parameters = new SqlParameters();
  const { from, where } = excludedSql(plan, scope, parameters);
  const sql = `select count(*) as n from ${from} where ${where}`;
  const [row] = await tx.query<{ n: number }>(sql, parameters.values);
  return row?.n ?? 0;
}
