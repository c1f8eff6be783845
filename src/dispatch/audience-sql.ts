import type { FrozenAudience, FrozenPlan } from '../execution/frozen-plan';
import { isSame, nameOf, type RemoteReference } from '../remote-list/remote-list';
import { PeopleSets, type SetsOf } from '../segment/people-sets';
import type { Rule } from '../segment/rule.types';
import { compileRule, type RuleContext } from '../segment/rule-sql';
import type { SqlParameters } from '../segment/sql-parameters';
import { DomainError } from '../shared/errors';

/** Whose judgement, and from where to where in the directory. */
export interface JudgementScope {
  readonly orgNo: number;
  readonly afterContactNo: number;
  readonly upperContactNo: number;
  /** What `within_last` counts back from: an execution's start, so that each of its steps judges alike. */
  readonly asOf?: Date;
  /** Audience members at most; the whole range when absent. */
  readonly limit?: number;
  /** Of these people alone; of everybody when absent. */
  readonly contacts?: readonly number[];
  /** What each channel says of a person is told, also where there is one. */
  readonly tellsStops?: boolean;
  /** What the channels asked of a person is told (`factsSql`). */
  readonly tellsFacts?: boolean;
  /** People are held against sets, not looked up one by one; without a limit they are counted, and in no order. */
  readonly sets?: Omit<SetsOf, 'range'>;
}

/** Who belongs to an audience, as contacts `c`. */
export interface AudienceSql {
  readonly from: string;
  readonly where: string;
  /** In the order of their numbers. */
  readonly orderBy: string;
}

/** `include AND include AND NOT (exclude OR exclude)`: who belongs to the audience at all (BR-CAM-002). */
export function audienceSql(plan: FrozenPlan, scope: JudgementScope, parameters: SqlParameters): AudienceSql {
  const judging = { plan, parameters, context: contextOf(scope, parameters) };
  const includes = plan.include.map((audience) => membership(audience, judging));
  const excludes = plan.exclude.map((audience) => outside(audience, judging));
  const belongs = [...includes, ...excludes].join(' and ') || 'false';
  const drawn = isDrawn(plan, parameters);
  const list = drivingList(plan, scope);
  return {
    from: list ? membersOf(list, scope, judging) : `campaign.contact c ${judging.context.sets?.joins ?? ''}`,
    where: `${living(scope, parameters)} and ${belongs}${drawn}`,
    orderBy: `order by ${list ? 'member' : 'c'}.contact_no`,
  };
}

/** Those whom the includes mean, and an exclude leaves out. */
export function excludedSql(
  plan: FrozenPlan,
  scope: JudgementScope,
  parameters: SqlParameters,
): Pick<AudienceSql, 'from' | 'where'> {
  const judging = { plan, parameters, context: contextOf(scope, parameters) };
  const includes = plan.include.map((audience) => membership(audience, judging));
  const apart = { ...judging, context: { ...judging.context, isConjunct: plan.exclude.length === 1 } };
  const excludes = plan.exclude.map((audience) => membership(audience, apart));
  return {
    where: `${living(scope, parameters)} and ${includes.join(' and ')} and (${excludes.join(' or ')})`,
    from: `campaign.contact c ${judging.context.sets?.joins ?? ''}`,
  };
}

/** What the draw of a cap is salted by: apart from every other draw of the same campaign. */
export const capSalt = ({ salt }: Pick<FrozenPlan, 'salt'>): string => `cap:${salt}:`;

// Compared as a row, so that the hash is computed once.
function isDrawn(plan: FrozenPlan, parameters: SqlParameters): string {
  if (plan.audienceCap === undefined || plan.audienceCap.last === null) return '';
  const { last } = plan.audienceCap;
  if (last === undefined) throw new RangeError('the cap of an audience is not drawn yet');
  const place = `campaign.hash_bucket(${parameters.bind(capSalt(plan))}::text, c.external_id), c.contact_no`;
  return ` and (${place}) <= (${parameters.bind(last.bucket)}::int, ${parameters.bind(last.contactNo)}::int8)`;
}

const contextOf = (scope: JudgementScope, parameters: SqlParameters): RuleContext => ({
  now: scope.asOf,
  sets: scope.sets && new PeopleSets({ ...scope.sets, range: rangeOf(scope, parameters) }),
  isConjunct: true,
});

/** Where people are counted, not listed: in no order, so that processes of PostgreSQL can share the work. */
export const isCount = ({ sets, limit }: JudgementScope): boolean => sets !== undefined && limit === undefined;

/** The numbers of the people whom a step is about, where it holds them against sets. */
export const rangeOf = (scope: JudgementScope, parameters: SqlParameters): (() => string) | undefined =>
  scope.sets && !isCount(scope)
    ? () =>
        `between ${parameters.bind(scope.afterContactNo + 1)}::int8 and ${parameters.bind(scope.upperContactNo)}::int8`
    : undefined;

const living = (scope: JudgementScope, parameters: SqlParameters): string => {
  const among = scope.contacts ? `and c.contact_no = any(${parameters.bind(scope.contacts)}::int8[])` : '';
  return `c.org_no = ${parameters.bind(scope.orgNo)} and c.contact_no > ${parameters.bind(scope.afterContactNo)}
      and c.contact_no <= ${parameters.bind(scope.upperContactNo)} ${among} and not c.shadow and c.erased_at is null`;
};

interface Judging {
  readonly plan: Pick<FrozenPlan, 'lists'>;
  readonly parameters: SqlParameters;
  readonly context: RuleContext;
}

const membership = (audience: FrozenAudience, judging: Judging): string =>
  'remote' in audience || 'named' in audience
    ? isMember(audience, judging)
    : `(${compileRule(audience, judging.parameters, judging.context)})`;

/** Whether one audience of a plan means a contact `c`, by itself. */
export const belongsSql = (
  audience: FrozenAudience,
  { plan, asOf }: { readonly plan: FrozenPlan; readonly asOf: Date },
  parameters: SqlParameters,
): string => membership(audience, { plan, parameters, context: { now: asOf, isConjunct: true } });

const outside = (audience: FrozenAudience, judging: Judging): string =>
  'remote' in audience || 'named' in audience
    ? `not ${isMember(audience, judging)}`
    : compileRule({ not: audience }, judging.parameters, judging.context);

/** People whom another service named, or the campaign. */
type Listed = Exclude<FrozenAudience, Rule>;

function isMember(audience: Listed, judging: Judging): string {
  const { sets, isConjunct } = judging.context;
  if (sets && !isConjunct) return sets.join(numbersOf(audience, judging));
  // "offset 0": one look-up for each person. A list that was just written has no statistics to plan a join by.
  const fence = sets && !sets.range ? '' : 'offset 0';
  return 'remote' in audience
    ? `exists (${numbersOf(audience, judging)} and r.contact_no = c.contact_no ${fence})`
    : `exists (select from campaign.named_user n
        where n.audience_id = ${judging.parameters.bind(audience.named.audienceId)} and n.external_id = c.external_id ${fence})`;
}

/** A query of the numbers of their contacts, with a WHERE that may be continued. */
const numbersOf = (audience: Listed, judging: Judging): string =>
  'remote' in audience
    ? `select r.contact_no from campaign.remote_member r where r.list_no = ${listNo(audience.remote, judging)}`
    : `select r.contact_no from campaign.named_user n
        join campaign.contact r on r.org_no = n.org_no and r.external_id = n.external_id
        where n.audience_id = ${judging.parameters.bind(audience.named.audienceId)}`;

function listNo(remote: RemoteReference, { plan: { lists = [] }, parameters }: Judging): string {
  const list = lists.find((one) => isSame(one, remote));
  if (!list) {
    const message = `nothing was read yet of ${nameOf(remote)}: is its service configured?`;
    throw new DomainError('AUDIENCE_REMOTE_UNAVAILABLE', message, 'audiences');
  }
  return `${parameters.bind(list.no)}::int8`;
}

/** A list among the includes: its members are all who may be in the audience. Who asks about a few, or counts, walks none. */
const drivingList = (plan: FrozenPlan, { contacts, sets }: JudgementScope): Listed | undefined =>
  contacts || sets ? undefined : plan.include.find((audience) => 'remote' in audience || 'named' in audience);

/**
 * The members of a list in the order of their numbers, each looked up: what a step costs then depends on the step, neither
 * on the directory nor on the list.
 */
function membersOf(list: Listed, { afterContactNo }: JudgementScope, judging: Judging): string {
  const after = judging.parameters.bind(afterContactNo);
  return `(
      ${numbersOf(list, judging)} and r.contact_no > ${after}::int8 order by r.contact_no
    ) member
    cross join lateral (select * from campaign.contact p where p.contact_no = member.contact_no offset 0) c`;
}
