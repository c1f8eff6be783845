import type { EntityManager } from '@mikro-orm/postgresql';
import { stateOf } from '../audit/audit-changes';
import { requireBudget } from '../guardrail/require-budget';
import { findOrganization } from '../organization/organization-service';
import type { Scope } from '../scope';
import { hasAtMost } from '../shared/characters';
import { crashPoint } from '../shared/crash-point';
import { DomainError } from '../shared/errors';
import { EXECUTION_KIND } from '../shared/ledger-codes';
import type { Campaign } from './campaign';
import { auditCampaign } from './campaign-audit';
import { actorOf, lockCampaign, lockOpenExecutions, lockOpenWithTests } from './campaign-loading';
import { LifecycleEvent } from './lifecycle-event';
import { completeCampaign, missWhilePaused } from './missed-occurrence';
import { readyLaunch } from './ready-launch';
import { guardsOfResume, stepFor } from './transitions';

/** Which campaign, and optionally the version that the caller decided on. */
export interface CampaignTarget {
  readonly id: string;
  readonly version?: number;
}

/** Stops a campaign; its open execution is paused with it, and hands over nothing more after its present slice. */
export function pauseCampaign(scope: Scope, target: CampaignTarget, reason: string | null = null): Promise<string> {
  return changeStatus(scope, { ...target, action: 'pauseCampaign' }, async (em, campaign) => {
    campaign.pause(checkedReason(reason), actorOf(scope));
    return pausedEvent(em, campaign);
  });
}

/** Pauses the open executions of a campaign that was paused, and tells of it. */
export async function pausedEvent(em: EntityManager, campaign: Campaign): Promise<LifecycleEvent> {
  await updateOpenExecutions(em, campaign, pauseExecution);
  const { pausedBy, pauseReason: reason } = campaign;
  return LifecycleEvent.of(campaign, 'campaign.paused', {
    pausedBy,
    reason,
    messagesSent: await countSent(em, campaign),
  });
}

/** Goes back to where the pause came from. */
export function resumeCampaign(scope: Scope, target: CampaignTarget): Promise<string> {
  return changeStatus(scope, { ...target, action: 'resumeCampaign' }, async (em, campaign) => {
    await readyAgain(em, scope, campaign);
    await requireBudget(em, campaign);
    await missWhilePaused(em, scope, campaign);
    const pausedAt = campaign.pausedAt ?? scope.now();
    campaign.resume(actorOf(scope));
    await updateOpenExecutions(em, campaign, resumeExecution, [pausedAt, campaign.updatedAt]);
    if (campaign.isOver() && campaign.status === 'scheduled') await completeCampaign(em, scope, campaign);
    return LifecycleEvent.of(campaign, 'campaign.resumed', { resumedBy: campaign.updatedBy });
  });
}

async function readyAgain(em: EntityManager, scope: Scope, campaign: Campaign): Promise<void> {
  stepFor(campaign, 'resume');
  const guards = guardsOfResume(campaign.pausedFrom);
  if (guards.length === 0) return;
  const organization = await findOrganization(em, scope);
  await readyLaunch(em, scope, { campaign, organization, action: 'resume', guards });
}

/** Ends a campaign for good. What is queued is never sent: the audience is closed where it is, a sweep does the rest. */
export function cancelCampaign(scope: Scope, target: CampaignTarget, reason: string): Promise<string> {
  return changeStatus(scope, { ...target, action: 'cancelCampaign' }, async (em, campaign) => {
    if (reason.trim() === '') throw new DomainError('CAMPAIGN_INVALID', 'a cancellation needs a reason', 'reason');
    campaign.cancel(checkedReason(reason) ?? reason, actorOf(scope));
    await endAll(em, campaign, reason);
    return LifecycleEvent.of(campaign, 'campaign.cancelled', { cancelledBy: campaign.cancelledBy, reason });
  });
}

/** Takes a campaign out of every list. Its messages and figures stay. */
export function archiveCampaign(scope: Scope, target: CampaignTarget): Promise<string> {
  return changeStatus(scope, { ...target, action: 'archiveCampaign' }, async (em, campaign) => {
    campaign.archive(actorOf(scope));
    await endAll(em, campaign, 'archived');
    return LifecycleEvent.of(campaign, 'campaign.deleted', { deletedBy: campaign.updatedBy });
  });
}

/** What is done to which campaign; the action is named as its mutation. */
export interface CampaignCommand extends CampaignTarget {
  readonly action: string;
}

type Change = (em: EntityManager, campaign: Campaign) => Promise<LifecycleEvent>;

/** One use case on one locked campaign: its verb, its event, one flush, its entry in the audit log. */
export async function changeStatus(scope: Scope, command: CampaignCommand, change: Change): Promise<string> {
  const { id, version, action } = command;
  await scope.write(async (em) => {
    const campaign = await lockCampaign(em, scope, id);
    campaign.expectVersion(version);
    const before = stateOf(campaign);
    em.persist(await change(em, campaign));
    await em.flush();
    await auditCampaign(em, scope, campaign, { action, before });
    crashPoint('status:before-commit');
  });
  crashPoint('status:after-commit');
  return id;
}

async function updateOpenExecutions(
  em: EntityManager,
  campaign: Campaign,
  statement: string,
  values: readonly unknown[] = [],
): Promise<void> {
  for (const { exec_no } of await lockOpenExecutions(em, campaign)) await em.execute(statement, [...values, exec_no]);
}

/** Tests end with their campaign. */
async function endAll(em: EntityManager, campaign: Campaign, reason: string): Promise<void> {
  for (const { exec_no } of await lockOpenWithTests(em, campaign))
    await em.execute(cancelExecution, [reason, campaign.updatedAt, exec_no]);
}

const pauseExecution = `update campaign.execution set status = 'paused' where exec_no = ?`;
// What was due in the meantime is due now, and expires as if it had never been due before: a pause is no lateness. Who waits
// for a login waits as much longer, by the execution's own clock. A test
// does not go on while nothing is sent: who waited for its end, or for their batch, waits as much longer, unless what they
// get was decided. Where each person has a time of their day they keep it, and wait whole days longer, or not at all.
const resumeExecution = `with given as (select ?::timestamptz as paused_at, ?::timestamptz as now),
resumed as (
  update campaign.execution e set status = 'running', release_at = e.release_at + (g.now - g.paused_at),
    paused_for = e.paused_for + (g.now - g.paused_at)
  from given g where e.exec_no = ?
  returning e.exec_no, e.release_at, e.decision is null as undecided, e.plan -> 'localTime' is not null as local,
    e.experiment ->> 'mode' = 'BANDIT' as in_batches
),
waiting as (
  select k.exec_no, k.chunk_no, k.due_at, k.ready_at, g.now,
    case when not r.undecided or k.phase = 0 or k.due_at <= g.paused_at then null
      when not r.local then g.now - g.paused_at
      when r.in_batches then make_interval(days => round(extract(epoch from g.now - g.paused_at) / 86400)::int)
      else make_interval(days => ceil(extract(epoch from greatest(r.release_at - k.due_at, '0')) / 86400)::int) end as longer
  from resumed r join campaign.chunk k using (exec_no), given g where k.state = 0
),
moved as (
  select exec_no, chunk_no, coalesce(ready_at + longer, ready_at) as ready_at,
    case when longer is null then greatest(due_at, statement_timestamp()) else greatest(due_at + longer, now) end as due_at
  from waiting
)
update campaign.chunk k set due_at = m.due_at, ready_at = m.ready_at, expires_at = k.expires_at + (m.due_at - k.due_at)
from moved m where k.exec_no = m.exec_no and k.chunk_no = m.chunk_no and k.state = 0 and k.due_at <> m.due_at`;
const cancelExecution = `update campaign.execution set status = 'cancelled', reason = ?, audience_closed = true,
  closed_at = coalesce(closed_at, ?) where exec_no = ?`;

async function countSent(em: EntityManager, campaign: Campaign): Promise<number> {
  const [row] = await em.execute<{ sent: string }[]>(sent, [campaign.campaignNo, campaign.organizationNo]);
  return Number(row?.sent ?? 0);
}

const sent = `select coalesce(sum(n.sent), 0) as sent from campaign.counter n
join campaign.execution e using (exec_no) where e.campaign_no = ? and e.org_no = ? and e.kind <> ${EXECUTION_KIND.TEST}`;

function checkedReason(reason: string | null): string | null {
  if (reason === null || (hasAtMost(500, reason) && !reason.includes('\0'))) return reason;
  throw new DomainError('CAMPAIGN_INVALID', 'a reason has at most 500 characters', 'reason');
}
