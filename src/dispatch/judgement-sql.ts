import type { FrozenAudience, FrozenPlan } from '../execution/frozen-plan';
import { isSame, nameOf, type RemoteReference } from '../remote-list/remote-list';
import { compileRule } from '../segment/rule-sql';
import type { SqlParameters } from '../segment/sql-parameters';
import { DomainError } from '../shared/errors';
import { BUCKETS } from '../shared/hash-bucket';
import { DISPOSITION, REASON } from '../shared/ledger-codes';
import { waysOf } from './ways-sql';

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
}

/** `include AND include AND NOT (exclude OR exclude)`: who belongs to the audience at all (BR-CAM-002). */
export function audienceCondition(plan: FrozenPlan, parameters: SqlParameters, asOf?: Date): string {
  const includes = plan.include.map((audience) => `(${membership(plan, audience, parameters, asOf)})`);
  const excludes = plan.exclude.map((audience) => `not (${membership(plan, audience, parameters, asOf)})`);
  return [...includes, ...excludes].join(' and ') || 'false';
}

/** Whether a contact `c` belongs to one audience by itself. */
export function membership(
  plan: Pick<FrozenPlan, 'lists'>,
  audience: FrozenAudience,
  parameters: SqlParameters,
  asOf?: Date,
): string {
  if (!('remote' in audience)) return compileRule(audience, parameters, asOf);
  // "offset 0": one look-up for each person. A list that was just written has no statistics to plan a join by.
  return `exists (select 1 from campaign.remote_member r
    where r.list_no = ${listNo(plan, audience.remote, parameters)} and r.contact_no = c.contact_no offset 0)`;
}

function listNo({ lists = [] }: Pick<FrozenPlan, 'lists'>, remote: RemoteReference, parameters: SqlParameters): string {
  const list = lists.find((one) => isSame(one, remote));
  if (!list) {
    const message = `nothing was read yet of ${nameOf(remote)}: is its service configured?`;
    throw new DomainError('AUDIENCE_REMOTE_UNAVAILABLE', message, 'audiences');
  }
  return `${parameters.bind(list.no)}::int8`;
}

/** A list among the includes: its members are all who may be in the audience. Who asks about a few people walks none. */
const drivingList = (plan: FrozenPlan, { contacts }: JudgementScope) =>
  contacts ? undefined : plan.include.find((audience) => 'remote' in audience);

/** What is walked in the order of numbers. */
const walked = (plan: FrozenPlan, scope: JudgementScope): string => (drivingList(plan, scope) ? 'member' : 'c');

/**
 * Everybody whom an audience may hold, as `c`. With a list among the includes its members are walked in their order, and
 * each is looked up: what a step costs then depends on the step, neither on the directory nor on the list.
 */
export function peopleOf(plan: FrozenPlan, scope: JudgementScope, parameters: SqlParameters): string {
  const list = drivingList(plan, scope);
  if (!list) return 'campaign.contact c';
  const after = parameters.bind(scope.afterContactNo);
  return `(
      select r.contact_no from campaign.remote_member r
      where r.list_no = ${listNo(plan, list.remote, parameters)} and r.contact_no > ${after}::int8 order by r.contact_no
    ) member
    cross join lateral (select * from campaign.contact p where p.contact_no = member.contact_no offset 0) c`;
}

// A value that is bound and not mentioned has no type, so nothing is bound where there is no arm.
function assignment(plan: FrozenPlan, parameters: SqlParameters): string {
  return plan.assignment.kind === 'ATTRIBUTE'
    ? assignmentByAttribute(plan, plan.assignment.field, parameters)
    : assignmentByHash(plan, parameters);
}

function assignmentByAttribute(plan: FrozenPlan, field: string, parameters: SqlParameters): string {
  const arms = plan.variants
    .filter((variant) => variant.attributeValue !== undefined)
    .map((variant) => `when ${parameters.bind(variant.attributeValue)}::text then ${variant.no}`);
  if (arms.length === 0) return 'null::int';
  const path = parameters.bind(field.replace(/^attributes\./, '').split('.'));
  return `case c.attributes #>> ${path}::text[] ${arms.join(' ')} end`;
}

// Salted by the organization, not by the campaign: the same people in all of its campaigns.
const controlGroup = ({ organizationId, controlGroupPercentage = 0 }: FrozenPlan, parameters: SqlParameters): string =>
  isDrawn(`orgcontrol:${organizationId}:`, controlGroupPercentage, parameters);

const holdout = ({ salt, holdoutPercentage }: FrozenPlan, parameters: SqlParameters): string =>
  isDrawn(`holdout:${salt}:`, holdoutPercentage, parameters);

function isDrawn(salt: string, percentage: number, parameters: SqlParameters): string {
  if (percentage === 0) return 'false';
  const bucket = `campaign.hash_bucket(${parameters.bind(salt)}::text, c.external_id)`;
  return `${bucket} < ${parameters.bind(Math.round(percentage * 100))}::int`;
}

// A hash is dear. "offset 0" and "materialized" keep it at one for each person: else it is computed at every mention.
function assignmentByHash(plan: FrozenPlan, parameters: SqlParameters): string {
  if (plan.variants.length === 0) return 'null::int';
  const bucket = `campaign.hash_bucket(${parameters.bind(`variant:${plan.salt}:`)}::text, c.external_id)`;
  let upTo = 0;
  const arms = plan.variants.map((variant) => {
    upTo += variant.allocation;
    return `when bucket < ${upTo} then ${variant.no}`;
  });
  return `(select case ${arms.join(' ')} end from (select ${bucket} as bucket offset 0) hashed)`;
}

/**
 * Minutes past the execution's release for which a person waits for a variant; null for who has one at once. A rollout's
 * test is a draw of its own, so that being in it has nothing to do with the arm; a bandit's batches are drawn alike.
 */
function waitMinutes({ experiment, salt }: FrozenPlan, parameters: SqlParameters): string {
  if (!experiment || experiment.mode === 'SPLIT') return 'null::int';
  const bucket = `campaign.hash_bucket(${parameters.bind(`test:${salt}:`)}::text, c.external_id)`;
  if (experiment.mode === 'TEST_THEN_ROLLOUT')
    return `case when ${bucket} >= ${parameters.bind(experiment.testSampleHundredths)}::int then 0 end`;
  const { batches, batchMinutes } = experiment;
  return `${bucket} * ${parameters.bind(batches)}::int / ${BUCKETS} * ${parameters.bind(batchMinutes)}::int`;
}

// Of those who wait in a bandit the control's share is drawn at once, by the same hash as ever: it is no arm to choose.
function waiting({ experiment }: FrozenPlan): string {
  if (!experiment || experiment.mode === 'SPLIT') return '';
  return experiment.mode === 'BANDIT'
    ? 'when waits is not null and not v.is_control then 0'
    : 'when waits is not null then 0';
}

const phase = ({ experiment }: FrozenPlan): string =>
  experiment && experiment.mode !== 'SPLIT' ? '(reason = 0 and waits is not null)::int' : '0';

/**
 * The gates from the audience to the variant, in the order of DESIGN §3, for everyone in the scope: one statement that
 * expansion, estimate and launch plan share, so that they cannot disagree. Yields `contact_no, locale, time_zone,
 * eligible, variant_no, disposition, reason, phase, waits` (reason 0 where nothing stands against a message). With phase 1 the
 * variant is open until the claim, and the message waits so many minutes past the execution's release. With several
 * channels also what `ways` adds: the channel, and what each of them says.
 */
export function judgementSql(plan: FrozenPlan, scope: JudgementScope, parameters: SqlParameters): string {
  const limit = scope.limit === undefined ? '' : `limit ${parameters.bind(scope.limit)}`;
  const among = scope.contacts ? `and c.contact_no = any(${parameters.bind(scope.contacts)}::int8[])` : '';
  const ways = waysOf(plan);
  return `
  audience as materialized (
    select c.contact_no, c.external_id, c.attributes, c.locale, c.time_zone,
      ${ways.looksAt}
    from ${peopleOf(plan, scope, parameters)}
    where c.org_no = ${parameters.bind(scope.orgNo)} and c.contact_no > ${parameters.bind(scope.afterContactNo)}
      and c.contact_no <= ${parameters.bind(scope.upperContactNo)} ${among}
      and not c.shadow and c.erased_at is null and ${audienceCondition(plan, parameters, scope.asOf)}
    order by ${walked(plan, scope)}.contact_no ${limit}
  ),
  gated as materialized (
    select c.contact_no, c.locale, c.time_zone, ${controlGroup(plan, parameters)} as untouched,
      ${holdout(plan, parameters)} as held_out,
      ${ways.sees},
      ${assignment(plan, parameters)} as assigned_no, ${waitMinutes(plan, parameters)} as waits
    from audience c
  ),
  ${ways.chooses}reasoned as (
    select g.*, v.is_control,
      case
        when untouched then ${REASON.organization_control}
        when held_out then ${REASON.held_out}
        ${ways.stops}
        ${waiting(plan)}
        when v.no is null then ${REASON.unmapped_variant}
        when v.is_control then ${REASON.control}
        else 0
      end as reason
    from ${ways.chosen} g
    left join (${variantRows(plan, parameters)}) v on v.no = g.assigned_no
  ),
  ${ways.spreads}judged as (
    select contact_no, locale, time_zone, reason, ${phase(plan)} as phase, case when ${phase(plan)} = 1 then waits end as waits,
      ${ways.eligible} as eligible,
      case when reason in (0, ${REASON.control}) and ${phase(plan)} = 0 then assigned_no end as variant_no,
      case reason
        when 0 then ${DISPOSITION.queued}
        when ${REASON.organization_control} then ${DISPOSITION.held_out}
        when ${REASON.held_out} then ${DISPOSITION.held_out}
        when ${REASON.control} then ${DISPOSITION.control}
        else ${DISPOSITION.skipped}
      end as disposition${ways.yields}
    from ${ways.judged}
  )`;
}

function variantRows(plan: FrozenPlan, parameters: SqlParameters): string {
  const numbers = parameters.bind(plan.variants.map((variant) => variant.no));
  const controls = parameters.bind(plan.variants.map((variant) => variant.isControl));
  return `select * from unnest(${numbers}::int[], ${controls}::boolean[]) as t(no, is_control)`;
}
