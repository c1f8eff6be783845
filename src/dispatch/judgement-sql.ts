import { rulesHeldSql } from '../audience/rules-held';
import { drawNames, endOfShare } from '../execution/draws';
import type { FrozenPlan } from '../execution/frozen-plan';
import { findField } from '../segment/rule-field';
import type { SqlParameters } from '../segment/sql-parameters';
import { BUCKETS } from '../shared/hash-bucket';
import { DISPOSITION, REASON } from '../shared/ledger-codes';
import { audienceSql, isCount, type JudgementScope, rangeOf } from './audience-sql';
import { waysOf } from './ways-sql';

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
  const meant = findField(field);
  const path = parameters.bind(meant?.kind === 'attribute' ? meant.path : []);
  return `case c.attributes #>> ${path}::text[] ${arms.join(' ')} end`;
}

const controlGroup = (plan: FrozenPlan, parameters: SqlParameters): string =>
  isDrawn(drawNames.controlGroup(plan), plan.controlGroupPercentage ?? 0, parameters);

const holdout = (plan: FrozenPlan, parameters: SqlParameters): string =>
  isDrawn(drawNames.holdout(plan), plan.holdoutPercentage, parameters);

function isDrawn(salt: string, percentage: number, parameters: SqlParameters): string {
  if (percentage === 0) return 'false';
  const bucket = `campaign.hash_bucket(${parameters.bind(salt)}::text, c.external_id)`;
  return `${bucket} < ${parameters.bind(endOfShare(percentage))}::int`;
}

// A hash is dear: "materialized" and "offset 0" keep it at one for each person, and here it is mentioned once.
function assignmentByHash(plan: FrozenPlan, parameters: SqlParameters): string {
  if (plan.variants.length === 0) return 'null::int';
  const bucket = `campaign.hash_bucket(${parameters.bind(drawNames.variant(plan))}::text, c.external_id)`;
  let upTo = 0;
  const bounds = plan.variants.map(({ allocation }) => (upTo += allocation));
  const arm = `width_bucket(${bucket}, ${parameters.bind([0, ...bounds])}::int[])`;
  return `(${parameters.bind(plan.variants.map(({ no }) => no))}::int[])[${arm}]`;
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

// Looked up for each person, or where people are held against sets read once: as bits by channel, bit 0 for every channel.
function suppressionsOf(scope: JudgementScope, parameters: SqlParameters): string | undefined {
  if (!scope.sets) return undefined;
  const range = rangeOf(scope, parameters);
  return `(select contact_no, bit_or(1 << channel) as bits from campaign.suppression
      where org_no = ${parameters.bind(scope.orgNo)} ${range ? `and contact_no ${range()}` : ''} group by contact_no)`;
}

/**
 * The gates from the audience to the variant, in the order of DESIGN §3, for everyone in the scope: one statement that
 * expansion, estimate and launch plan share, so that they cannot disagree. Yields `contact_no, locale, time_zone,
 * eligible, variant_no, disposition, reason, phase, waits` (reason 0 where nothing stands against a message). With phase 1 the
 * variant is open until the claim, and the message waits so many minutes past the execution's release. With several
 * channels also what `ways` adds: the channel, and what each of them says; where it is asked for, the facts that they saw.
 */
export function judgementSql(plan: FrozenPlan, scope: JudgementScope, parameters: SqlParameters): string {
  const limit = scope.limit === undefined ? '' : `limit ${parameters.bind(scope.limit)}`;
  const { from, where, orderBy } = audienceSql(plan, scope, parameters);
  const { tellsStops, tellsFacts } = scope;
  const rulesHeld = tellsFacts ? rulesHeldSql(plan, parameters, scope.asOf) : undefined;
  const ways = waysOf(plan, { suppressions: suppressionsOf(scope, parameters), tellsStops, tellsFacts, rulesHeld });
  const [listed, fence] = isCount(scope) ? ['as not materialized', 'offset 0'] : ['as materialized', ''];
  return `
  audience ${listed} (
    select c.contact_no, c.external_id, c.attributes, c.locale, c.time_zone,
      ${ways.looksAt}
    from ${from} where ${where} ${isCount(scope) ? '' : `${orderBy} ${limit}`}
  ),
  gated ${listed} (
    select c.contact_no, c.locale, c.time_zone, ${controlGroup(plan, parameters)} as untouched,
      ${holdout(plan, parameters)} as held_out,
      ${ways.sees},
      ${assignment(plan, parameters)} as assigned_no, ${waitMinutes(plan, parameters)} as waits
    from ${ways.seenOf} ${fence}
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
        ${pastLocalTime(plan, scope, parameters)}
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

// For whom the time of day was past when it started, zone by zone, and not person by person. A zone without a row is not
// known to this server: there the fallback's clock holds, as for those whose own is unknown.
function pastLocalTime({ localTime }: FrozenPlan, { asOf }: JudgementScope, parameters: SqlParameters): string {
  if (localTime?.ifPast !== 'SKIP') return '';
  const [moment, fallback] = [`${parameters.bind(asOf)}::timestamptz`, `${parameters.bind(localTime.timeZone)}::text`];
  const isPast = (zone: string) =>
    `campaign.local_due(${moment}, ${zone}, ${fallback}, ${parameters.bind(localTime.at)}::time, 'SKIP') is null`;
  return `when lower(g.time_zone) in (select key from campaign.time_zone where ${isPast('name')})
          or (select ${isPast(fallback)})
            and (g.time_zone is null or lower(g.time_zone) not in (select key from campaign.time_zone))
          then ${REASON.past_local_time}`;
}

function variantRows(plan: FrozenPlan, parameters: SqlParameters): string {
  const numbers = parameters.bind(plan.variants.map((variant) => variant.no));
  const controls = parameters.bind(plan.variants.map((variant) => variant.isControl));
  return `select * from unnest(${numbers}::int[], ${controls}::boolean[]) as t(no, is_control)`;
}
