import type { EntityManager } from '@mikro-orm/postgresql';
import type { Database } from '../adapters/postgres';
import { stateOf } from '../audit/audit-changes';
import { lockOrganization } from '../organization/organization-service';
import { ANSWER, GRACE_MINUTES, isDecidedSql, RULE_ID } from '../scheduling-rule/due-sql';
import { judgeByRule } from '../scheduling-rule/rule-verdict';
import { standingAnswer } from '../scheduling-rule/scheduling-answers';
import { createScope, type Scope, type ScopeParts } from '../scope';
import { crashPoint } from '../shared/crash-point';
import { DomainError } from '../shared/errors';
import { Campaign } from './campaign';
import { auditCampaign } from './campaign-audit';
import { lockCampaign } from './campaign-loading';
import { completeCampaign, missOccurrence } from './missed-occurrence';
import { ofDueStart, readRemoteAudiences } from './remote-audiences';
import { launch } from './start-campaign';

const batch = 100;

/** What became of a campaign that was due. */
export type DueResult = 'started' | 'missed' | 'waits' | 'ended' | 'gone';

interface Due {
  readonly id: string;
  readonly org_no: number;
  readonly org_id: string;
}

/**
 * Starts what is due, each campaign in a transaction of its own; any number of schedulers may do this at once, the
 * campaign's lock and the occurrence's name make one execution of it. `ledger` sees every organization.
 */
export async function startDueCampaigns(ledger: Database, parts: ScopeParts): Promise<readonly DueResult[]> {
  const due = await ledger.query<Due>(findDue, [parts.now().toISOString(), batch]);
  const results: DueResult[] = [];
  const failures: unknown[] = [];
  for (const campaign of due) {
    // One that fails must not keep all others waiting: it is tried again, and told of, in the next round.
    await startDue(parts, campaign).then(
      (result) => results.push(result),
      (error: unknown) => failures.push(error),
    );
    crashPoint('due:after-commit');
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} due campaigns could not be started`);
  return results;
}

// By turns of the organizations: one whose campaigns wait for a place must not fill the batch for all others, nor may those
// that wait for what their rule says. Times are compared as the texts that they are kept as, all of one form: an index has
// them (campaign_due).
const findDue = `select id, org_no, org_id from (
  select c.id, c.org_no, o.id as org_id, c.at, row_number() over (partition by c.org_no order by c.at, c.campaign_no) as turn
  from (
    select c.id, c.org_no, c.campaign_no, c.schedule ->> 'at' as at from campaign.campaign c ${ANSWER}
    where c.archived_at is null and c.status in ('scheduled', 'running', 'paused')
      and (c.schedule ->> 'at') collate "C" <= $1
      and case when c.status = 'scheduled' then ${RULE_ID} is null or ${isDecidedSql('$1')}
        else c.schedule -> 'recurrence' is not null end
    union all
    select id, org_no, campaign_no, null from campaign.campaign
    where archived_at is null and status in ('scheduled', 'active') and type <> 'ONE_TIME' and end_at <= $1::timestamptz
  ) c join campaign.organization o using (org_no)
) due order by turn, at limit $2`;

async function startDue(parts: ScopeParts, { id, org_no, org_id }: Due): Promise<DueResult> {
  const viewer = { organizationId: org_id, organizationNo: org_no, userId: 'scheduler', role: 'service' } as const;
  const scope = createScope(parts, viewer);
  // Nothing is read for what will not be started.
  const startable = await isStartable(scope, id);
  const unread = startable ? await refusalOf(readRemoteAudiences(scope, id, ofDueStart)) : undefined;
  // Still coming in: nothing is missed by it, and nobody else's start waits for it.
  if (unread?.code === 'AUDIENCE_REMOTE_READING') return 'waits';
  return scope.write(async (em) => {
    const organization = await lockOrganization(em, scope);
    const campaign = await lockCampaign(em, scope, id);
    if (hasEnded(campaign, scope.now())) return end(em, scope, campaign);
    const at = campaign.schedule?.at;
    if (at === undefined || new Date(at) > scope.now()) return 'gone';
    const obstacle = await obstacleTo(em, campaign, at, scope);
    if (typeof obstacle === 'string') return obstacle;
    if (obstacle) return miss(em, scope, campaign, obstacle.missed);
    if (unread) return miss(em, scope, campaign, unread.message);
    // What stood against it is gone since we looked, and its audience was not read.
    if (!startable) return 'waits';
    try {
      await launch(em, scope, { campaign, organization, action: 'due', kind: 'SCHEDULED', occurrence: at });
      return 'started';
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return error.code === 'CAMPAIGN_RUNNING_LIMIT' ? wait(em, campaign) : miss(em, scope, campaign, error.message);
    }
  });
}

/** A look without a lock; whoever holds the lock looks again. */
const isStartable = (scope: Scope, id: string): Promise<boolean> =>
  scope.write(async (em) => {
    const campaign = await em.findOne(Campaign, { id, archivedAt: null });
    const at = campaign?.schedule?.at;
    if (!campaign || at === undefined || hasEnded(campaign, scope.now()) || new Date(at) > scope.now()) return false;
    return (await obstacleTo(em, campaign, at, scope)) === undefined;
  });

/** A campaign that waits for its calendar or for events ends with its end date; one of one time misses its time. */
const hasEnded = ({ status, type, endAt }: Campaign, now: Date): boolean =>
  (status === 'active' || (status === 'scheduled' && type === 'RECURRING')) && endAt !== null && endAt <= now;

async function end(em: EntityManager, scope: Scope, campaign: Campaign): Promise<DueResult> {
  const before = stateOf(campaign);
  await completeCampaign(em, scope, campaign);
  await em.flush();
  await auditCampaign(em, scope, campaign, { action: 'completeCampaign', before });
  return 'ended';
}

type Obstacle = 'gone' | 'waits' | { readonly missed: string };

/** Why a due campaign is not held, before anything is judged; `gone`: it is another's turn, or nobody's. */
async function obstacleTo(
  em: EntityManager,
  campaign: Campaign,
  at: string,
  { now }: Scope,
): Promise<Obstacle | undefined> {
  const { status, schedule, delivery } = campaign;
  if (status !== 'scheduled') return obstacleOf(campaign);
  const { schedulingRuleId: ruleId } = delivery;
  if (schedule?.byHand || ruleId === undefined) return isLate(campaign, at, now()) ? LATE : undefined;
  const verdict = judgeByRule(
    { ...schedule, at },
    await standingAnswer(em, campaign, { occurrence: at, ruleId }),
    now(),
  );
  return verdict === 'start' ? undefined : verdict;
}

const LATE: Obstacle = { missed: 'late' };

function obstacleOf({ status, schedule }: Campaign): Obstacle {
  // Unscheduled, paused or started by another scheduler since we looked.
  if (!schedule?.recurrence) return 'gone';
  return status === 'running' ? { missed: 'overlap' } : status === 'paused' ? { missed: 'paused' } : 'gone';
}

/** What was refused; faults are thrown on. */
const refusalOf = (work: Promise<void>): Promise<DomainError | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof DomainError) return error;
      throw error;
    },
  );

const isLate = ({ schedule }: Campaign, at: string, now: Date): boolean =>
  !schedule?.waitsForPlace && now.getTime() - new Date(at).getTime() > GRACE_MINUTES * 60_000;

async function wait(em: EntityManager, campaign: Campaign): Promise<DueResult> {
  if (campaign.schedule && !campaign.schedule.waitsForPlace) {
    campaign.schedule = { ...campaign.schedule, waitsForPlace: true };
    await em.flush();
  }
  return 'waits';
}

async function miss(em: EntityManager, scope: Scope, campaign: Campaign, reason: string): Promise<DueResult> {
  await missOccurrence(em, scope, campaign, reason);
  return 'missed';
}
