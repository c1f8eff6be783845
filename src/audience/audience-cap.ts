import type { Transaction } from '../adapters/postgres';
import { audienceSql, capSalt } from '../dispatch/audience-sql';
import type { FrozenPlan } from '../execution/frozen-plan';
import type { Scope } from '../scope';
import { SqlParameters } from '../segment/sql-parameters';
import { type EverybodyOf, everybodyAtOnce } from './everybody';

/** A plan whose cap, where it has one, names the last person who is drawn. */
export interface DrawnPlan {
  readonly plan: FrozenPlan;
  /** Those who are drawn, and the other members of the audience; none of both where there is no cap. */
  readonly people: number;
  readonly overCap: number;
}

/**
 * Draws "at most N people" once, so that every step of an execution judges alike: people stand in the order of their hash,
 * and of their numbers where that is the same, and the N-th is the last one in (docs/decisions/0018).
 */
export async function drawCap(tx: Transaction, plan: FrozenPlan, whose: EverybodyOf): Promise<DrawnPlan> {
  const { audienceCap, ...uncapped } = plan;
  if (!audienceCap) return { plan, people: 0, overCap: 0 };
  const parameters = new SqlParameters();
  const { from, where } = audienceSql(uncapped, await everybodyAtOnce(tx, uncapped, whose), parameters);
  const sql = `with drawn as materialized (
      select campaign.hash_bucket(${parameters.bind(capSalt(plan))}::text, c.external_id) as bucket, c.contact_no
      from ${from} where ${where}
    )
    select (select count(*) from drawn) as people, l.bucket, l.contact_no as "contactNo"
    from (values (1)) one left join (
      select * from drawn order by bucket, contact_no offset ${parameters.bind(audienceCap.people - 1)} limit 1
    ) l on true`;
  const [row] = await tx.query<Drawn>(sql, parameters.values);
  const { people = 0, bucket = null, contactNo = null } = row ?? {};
  const last = bucket === null || contactNo === null ? null : { bucket, contactNo };
  return {
    plan: { ...uncapped, audienceCap: { people: audienceCap.people, last } },
    people: Math.min(people, audienceCap.people),
    overCap: Math.max(0, people - audienceCap.people),
  };
}

interface Drawn {
  readonly people: number;
  readonly bucket: number | null;
  readonly contactNo: number | null;
}

/** The same for the viewer's own directory, as of now. */
export const drawCapNow = async (scope: Scope, plan: FrozenPlan): Promise<FrozenPlan> =>
  plan.audienceCap
    ? (await scope.judge((tx) => drawCap(tx, plan, { orgNo: scope.viewer.organizationNo, asOf: scope.now() }))).plan
    : plan;
