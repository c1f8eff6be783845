import type { ListWish } from '../remote-list/remote-lists';
import type { Scope } from '../scope';

/** A caller who waits gets an answer within an operation's time; who comes again finds what was read meanwhile. */
const PATIENCE_MS = 7_000;

export const ofStart: ListWish = { purpose: 'start', patienceMs: PATIENCE_MS };
export const ofEstimate: ListWish = { purpose: 'estimate', patienceMs: PATIENCE_MS };
/** The clock waits for nobody: it looks again in its next round. */
export const ofDueStart: ListWish = { purpose: 'start', patienceMs: 0 };

/**
 * Has read what other services keep of a campaign's audience, before anything is locked or judged. Throws
 * AUDIENCE_REMOTE_UNAVAILABLE or AUDIENCE_REMOTE_READING. Crash on the way: a list that does not count.
 */
export async function readRemoteAudiences(scope: Scope, campaignId: string, wish: ListWish): Promise<void> {
  const { organizationId, organizationNo } = scope.viewer;
  await scope.remoteLists?.prepareCampaign({ organizationId, organizationNo }, campaignId, wish);
}
