import type { EntityManager } from '@mikro-orm/postgresql';
import { settleAudience } from '../audience/audience-size';
import { stateOf } from '../audit/audit-changes';
import { firstAnswer, once } from '../idempotency/once';
import type { Organization } from '../organization/organization';
import { lockOrganization } from '../organization/organization-service';
import type { Scope } from '../scope';
import { crashPoint } from '../shared/crash-point';
import { DomainError } from '../shared/errors';
import { storeContents } from '../variant/content-store';
import type { Campaign } from './campaign';
import { auditCampaign } from './campaign-audit';
import { actorOf, lockCampaign, lockOpenExecutions } from './campaign-loading';
import type { CampaignTarget } from './change-status';
import { type NewExecution, nextManualOccurrence, openExecution } from './execution-opening';
import { LifecycleEvent } from './lifecycle-event';
import { readyLaunch } from './ready-launch';
import { ofStart, readRemoteAudiences } from './remote-audiences';
import { stepFor } from './transitions';

/** The campaign, and the execution that it runs by; none while it waits for a place among the running. */
export interface Started {
  readonly campaignId: string;
  readonly executionId: string | null;
}

/**
 * Starts a campaign: one execution with its frozen plan, in one transaction. Repeated, or done by many at once, it
 * answers the execution that is open already. Nobody is contacted here: the dispatcher finds the row. Where as many
 * campaigns run as may, it becomes a scheduled one that waits for a place.
 */
export async function startCampaign(scope: Scope, target: CampaignTarget, idempotencyKey?: string): Promise<Started> {
  const request = { operation: 'startCampaign', key: idempotencyKey, body: target };
  const known = await firstAnswer<Started>(scope, request);
  if (known !== undefined) return known;
  await readRemoteAudiences(scope, target.id, ofStart);
  const started = await scope.write((em) =>
    once(em, scope, request, () => startByHand(em, scope, target, idempotencyKey)),
  );
  crashPoint('start:after-commit');
  return started;
}

async function startByHand(em: EntityManager, scope: Scope, target: CampaignTarget, key?: string): Promise<Started> {
  // Before the campaign's lock: starts of one organization queue here, so the places among the running are exact.
  const organization = await lockOrganization(em, scope);
  const campaign = await lockCampaign(em, scope, target.id);
  const open = (await lockOpenExecutions(em, campaign)).toSorted((a, b) => Number(a.aside) - Number(b.aside))[0];
  if (open && campaign.status === 'running') return { campaignId: campaign.id, executionId: open.id };
  campaign.expectVersion(target.version);
  stepFor(campaign, 'start');
  const occurrence = key === undefined ? await nextManualOccurrence(em, campaign) : `key:${key}`;
  try {
    return await launch(em, scope, { campaign, organization, action: 'start', kind: 'MANUAL', occurrence });
  } catch (error) {
    // Judged before anything is written. A recurring one in its calendar is not put out of its order for an extra run.
    const noPlace = error instanceof DomainError && error.code === 'CAMPAIGN_RUNNING_LIMIT';
    if (!noPlace || (campaign.schedule?.recurrence && campaign.status === 'scheduled')) throw error;
    return queue(em, scope, campaign);
  }
}

/** Every place among the running is taken: the dispatcher starts it when one is free (BR-CAM-006). */
async function queue(em: EntityManager, scope: Scope, campaign: Campaign): Promise<Started> {
  const before = stateOf(campaign);
  campaign.queueForPlace(actorOf(scope));
  const scheduledAt = campaign.schedule?.at;
  em.persist(LifecycleEvent.of(campaign, 'campaign.scheduled', { scheduledAt, waitsForPlace: true }));
  await em.flush();
  await auditCampaign(em, scope, campaign, { action: 'startCampaign', before });
  return { campaignId: campaign.id, executionId: null };
}

/** A start whose locks are held. */
export interface LaunchOrder extends Pick<NewExecution, 'kind' | 'occurrence'> {
  readonly campaign: Campaign;
  readonly organization: Organization;
  readonly action: 'start' | 'due';
}

/** Judges, freezes and opens: by hand and by the clock alike. */
export async function launch(em: EntityManager, scope: Scope, order: LaunchOrder): Promise<Started> {
  const { campaign, organization, action, kind, occurrence } = order;
  const running = await countRunning(em, scope);
  const { plan, parts } = await readyLaunch(em, scope, { campaign, organization, action, running });
  const settled = await settleAudience(scope, plan);
  await storeContents(em, campaign.organizationNo, parts.channels, scope.now());
  const before = stateOf(campaign);
  // From here on nothing refuses: the clock makes of a refused campaign a missed one, which a running one could not be.
  campaign.start(actorOf(scope), action);
  const execution = await openExecution(em, campaign, { plan: settled.plan, kind, occurrence, status: 'running' });
  const facts = { executionId: execution.id, startedBy: campaign.updatedBy, audienceSize: settled.people };
  em.persist(LifecycleEvent.of(campaign, 'campaign.started', facts, execution.execNo));
  await em.flush();
  await auditCampaign(em, scope, campaign, { action: 'startCampaign', before });
  crashPoint('start:before-commit');
  return { campaignId: campaign.id, executionId: execution.id };
}

/** Campaigns of the organization that hold a place among the running: those that only wait for logins hold none. */
export async function countRunning(em: EntityManager, { viewer }: Scope): Promise<number> {
  const [row] = await em.execute<{ n: string }[]>(running, [viewer.organizationNo]);
  return Number(row?.n ?? 0);
}

const running = `select count(*) as n from campaign.campaign c where c.org_no = ? and c.status = 'running'
and not coalesce((select bool_and(e.aside) from campaign.execution e where e.campaign_no = c.campaign_no
  and e.status in ('pending', 'running', 'paused') and e.kind in (0, 1)), false)`;
