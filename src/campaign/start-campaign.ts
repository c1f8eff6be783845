import type { EntityManager } from '@mikro-orm/postgresql';
import type { FrozenPlan } from '../execution/frozen-plan';
import { once } from '../idempotency';
import { lockOrganization } from '../organization/organization-service';
import type { Scope } from '../scope';
import { DomainError } from '../shared/errors';
import { EXECUTION_KIND } from '../shared/ledger-codes';
import { publicId } from '../shared/public-id';
import { storeContents } from '../variant/content-store';
import type { Campaign } from './campaign';
import { actorOf, loadParts, lockCampaign, lockOpenExecutions } from './campaign-loading';
import type { CampaignTarget } from './change-status';
import { judgeLaunch } from './launch-guards';
import { LifecycleEvent } from './lifecycle-event';
import { freezePlan } from './plan-freezing';
import { stepFor } from './transitions';

/** The campaign, and the execution that it runs by. */
export interface Started {
  readonly campaignId: string;
  readonly executionId: string;
}

/**
 * Starts a campaign: one execution with its frozen plan, in one transaction. Repeated, or done by many at once, it
 * answers the execution that is open already. Nobody is contacted here: the dispatcher finds the row.
 */
export function startCampaign(scope: Scope, target: CampaignTarget, idempotencyKey?: string): Promise<Started> {
  const request = { operation: 'startCampaign', key: idempotencyKey, body: target };
  return scope.write((em) => once(em, scope, request, () => start(em, scope, target, idempotencyKey)));
}

async function start(em: EntityManager, scope: Scope, target: CampaignTarget, key?: string): Promise<Started> {
  // Before the campaign's lock: starts of one organization queue here, so the places among the running are exact.
  const organization = await lockOrganization(em, scope);
  const campaign = await lockCampaign(em, scope, target.id);
  const [open] = await lockOpenExecutions(em, campaign);
  if (open && campaign.status === 'running') return { campaignId: campaign.id, executionId: open.id };
  campaign.expectVersion(target.version);
  const parts = await loadParts(em, campaign);
  const { guards } = stepFor(campaign.status, 'start');
  expectStartable(campaign);
  const settings = organization.effectiveSettings();
  judgeLaunch(guards, { campaign, parts, settings, running: await countRunning(em, scope) });
  campaign.start(actorOf(scope));
  await storeContents(em, campaign.organizationNo, parts.channels, scope.now());
  const plan = await freezePlan(em, campaign, parts, organization);
  return openExecution(em, campaign, plan, key);
}

function expectStartable({ type }: Campaign): void {
  if (type === 'ONE_TIME') return;
  throw new DomainError('CAMPAIGN_NOT_AVAILABLE', `starting a ${type} campaign is not available yet`, 'type');
}

async function countRunning(em: EntityManager, { viewer }: Scope): Promise<number> {
  const [row] = await em.execute<{ n: string }[]>(running, [viewer.organizationNo]);
  return Number(row?.n ?? 0);
}

const running = `select count(*) as n from campaign.campaign where org_no = ? and status = 'running'`;

async function openExecution(
  em: EntityManager,
  campaign: Campaign,
  plan: FrozenPlan,
  key: string | undefined,
): Promise<Started> {
  const { campaignNo, organizationNo, updatedAt: at } = campaign;
  const executionId = publicId('exe', at);
  const occurrence = key === undefined ? await nextOccurrence(em, campaignNo) : `key:${key}`;
  const values = [at, executionId, organizationNo, campaignNo, EXECUTION_KIND.MANUAL, occurrence];
  const [row] = await em.execute<{ exec_no: string }[]>(insertExecution, [
    ...values,
    JSON.stringify(plan),
    organizationNo,
    at,
    at,
  ]);
  const event = LifecycleEvent.of(campaign, 'campaign.started', { executionId, startedBy: campaign.updatedBy });
  event.executionNo = Number(row?.exec_no);
  em.persist(event);
  await em.flush();
  return { campaignId: campaign.id, executionId };
}

async function nextOccurrence(em: EntityManager, campaignNo: number): Promise<string> {
  const [row] = await em.execute<{ n: string }[]>(countExecutions, [campaignNo]);
  return `manual:${Number(row?.n ?? 0) + 1}`;
}

const countExecutions = 'select count(*) as n from campaign.execution where campaign_no = ?';

// People who join after this moment are not in it: the highest number of a contact is the audience's horizon.
const insertExecution = `insert into campaign.execution
  (exec_no, id, org_no, campaign_no, kind, occurrence, status, plan, upper_contact_no, created_at, started_at)
values (campaign.next_exec_no(?), ?, ?, ?, ?, ?, 'running', ?::jsonb,
  (select coalesce(max(contact_no), 0) from campaign.contact where org_no = ?), ?, ?)
returning exec_no`;
