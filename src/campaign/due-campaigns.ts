import type { EntityManager } from '@mikro-orm/postgresql';
import type { Database } from '../adapters/postgres';
import { stateOf } from '../audit/audit-changes';
import { lockOrganization } from '../organization/organization-service';
import { createScope, type Scope, type ScopeParts } from '../scope';
import { crashPoint } from '../shared/crash-point';
import { DomainError } from '../shared/errors';
import type { Campaign } from './campaign';
import { auditCampaign } from './campaign-audit';
import { actorOf, loadParts, lockCampaign } from './campaign-loading';
import { openExecution } from './execution-opening';
import { LifecycleEvent } from './lifecycle-event';
import { freezePlan } from './plan-freezing';
import { launch } from './start-campaign';

/** Later than this a campaign is not started any more: nobody wants the morning's mail at night (P-12). */
const graceMinutes = 60;
const batch = 100;

/** What became of a campaign that was due. */
export type DueResult = 'started' | 'missed' | 'waits' | 'gone';

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
  const due = await ledger.query<Due>(findDue, [parts.now(), batch]);
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

// By turns of the organizations: one whose campaigns wait for a place must not fill the batch for all others.
const findDue = `select id, org_no, org_id from (
  select c.id, c.org_no, o.id as org_id, (c.schedule ->> 'at')::timestamptz as at,
    row_number() over (partition by c.org_no order by (c.schedule ->> 'at')::timestamptz, c.campaign_no) as turn
  from campaign.campaign c join campaign.organization o using (org_no)
  where c.status = 'scheduled' and c.archived_at is null and (c.schedule ->> 'at')::timestamptz <= $1
) due order by turn, at limit $2`;

function startDue(parts: ScopeParts, { id, org_no, org_id }: Due): Promise<DueResult> {
  const viewer = { organizationId: org_id, organizationNo: org_no, userId: 'scheduler', role: 'service' } as const;
  const scope = createScope(parts, viewer);
  return scope.write(async (em) => {
    const organization = await lockOrganization(em, scope);
    const campaign = await lockCampaign(em, scope, id);
    const at = campaign.schedule?.at;
    // Unscheduled, paused or started by another scheduler since we looked.
    if (campaign.status !== 'scheduled' || at === undefined || new Date(at) > scope.now()) return 'gone';
    if (isLate(campaign, at, scope)) return miss(em, scope, campaign, 'late');
    try {
      await launch(em, scope, { campaign, organization, action: 'due', kind: 'SCHEDULED', occurrence: at });
      return 'started';
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return error.code === 'CAMPAIGN_RUNNING_LIMIT' ? wait(em, campaign) : miss(em, scope, campaign, error.message);
    }
  });
}

const isLate = ({ schedule }: Campaign, at: string, { now }: Scope): boolean =>
  !schedule?.waitsForPlace && now().getTime() - new Date(at).getTime() > graceMinutes * 60_000;

async function wait(em: EntityManager, campaign: Campaign): Promise<DueResult> {
  if (campaign.schedule && !campaign.schedule.waitsForPlace) {
    campaign.schedule = { ...campaign.schedule, waitsForPlace: true };
    await em.flush();
  }
  return 'waits';
}

/** The occurrence stays visible as a missed execution; the campaign is a draft again and says why. */
async function miss(em: EntityManager, scope: Scope, campaign: Campaign, reason: string): Promise<DueResult> {
  const occurrence = campaign.schedule?.at ?? 'unknown';
  const before = stateOf(campaign);
  campaign.miss(reason, actorOf(scope));
  const organization = await lockOrganization(em, scope);
  const plan = await freezePlan(em, campaign, await loadParts(em, campaign), organization);
  const { id, execNo } = await openExecution(em, campaign, { plan, kind: 'SCHEDULED', occurrence, status: 'missed' });
  em.persist(LifecycleEvent.of(campaign, 'execution.missed', { executionId: id, reason }, execNo));
  await em.flush();
  await auditCampaign(em, scope, campaign, { action: 'missCampaign', before });
  return 'missed';
}
