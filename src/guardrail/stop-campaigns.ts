import type { EntityManager } from '@mikro-orm/postgresql';
import type { Database } from '../adapters/postgres';
import type { Campaign } from '../campaign/campaign';
import { actorOf } from '../campaign/campaign-loading';
import { changeStatus, pausedEvent } from '../campaign/change-status';
import { createScope, type Scope, type ScopeParts } from '../scope';
import { DomainError } from '../shared/errors';
import { tripOf } from './guardrail-trip';
import { viewWatched, type WatchedRow, watchedSql } from './watched-executions';

/** Who stops a campaign where no person does. */
const NOBODY = 'guardrails';

/**
 * Looks at every execution whose campaign watches itself, and pauses those that are over a limit or whose budget is used
 * up. Each is looked at once more under the lock of its campaign: whoever resumed it, or raised the budget, since then is
 * right. Any number of dispatchers may do this at once. Answers the campaigns that stopped. A crash before a commit: nothing
 * of it, and the next round finds the same figures; the budget is held by the guard of each slice, not by this.
 */
export async function stopCampaigns(ledger: Database, parts: ScopeParts): Promise<readonly string[]> {
  const rows = await ledger.query<WatchedRow>(watchedSql(''), [], 'watched-executions');
  const stopped: string[] = [];
  const failures: unknown[] = [];
  for (const row of rows.filter((one) => tripOf(viewWatched(one), parts.now()) !== undefined)) {
    // One that fails must not keep all others going on: it is tried again in the next round.
    await stop(parts, row).then(
      (done) => done && stopped.push(row.campaign_id),
      (error: unknown) => failures.push(error),
    );
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} campaigns could not be stopped`);
  return stopped;
}

/** Nothing to stop for any more. */
class Recovered extends Error {
  override readonly name = 'Recovered';
}

async function stop(parts: ScopeParts, { campaign_id: id, org_no, organization_id }: WatchedRow): Promise<boolean> {
  const viewer = { organizationId: organization_id, organizationNo: org_no, userId: NOBODY, role: 'service' } as const;
  const scope = createScope(parts, viewer);
  try {
    await changeStatus(scope, { id, action: 'pauseCampaign' }, (em, campaign) => stopLocked(em, scope, campaign));
    return true;
  } catch (error) {
    // Paused, cancelled or completed meanwhile.
    if (error instanceof Recovered || (error instanceof DomainError && error.code === 'CAMPAIGN_STATUS_TRANSITION'))
      return false;
    throw error;
  }
}

async function stopLocked(em: EntityManager, scope: Scope, campaign: Campaign) {
  const rows = await em.execute<WatchedRow[]>(watchedSql('and e.campaign_no = ?'), [campaign.campaignNo]);
  const trip = rows.map((row) => tripOf(viewWatched(row), scope.now())).find((one) => one !== undefined);
  if (!trip) throw new Recovered();
  campaign.stop(trip, actorOf(scope));
  return pausedEvent(em, campaign);
}
