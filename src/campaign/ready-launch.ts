import type { EntityManager } from '@mikro-orm/postgresql';
import { archivedUses } from '../audience/archived-segments';
import type { Organization } from '../organization/organization';
import type { Scope } from '../scope';
import type { Campaign } from './campaign';
import { loadParts } from './campaign-loading';
import { judgeLaunch, type Launch } from './launch-guards';
import { freezePlan } from './plan-freezing';
import { type CampaignAction, type GuardName, stepFor } from './transitions';

/** A launch that somebody asks for, now or at a time. */
export interface WantedLaunch {
  readonly campaign: Campaign;
  readonly organization: Organization;
  readonly action: CampaignAction;
  /** Campaigns of the organization that run now; none where it takes no place among them yet. */
  readonly running?: number;
  readonly at?: Date;
  /** What is judged; the guards of the action when missing. */
  readonly guards?: readonly GuardName[];
}

/** What a launch takes, judged by every guard of its action: throws what the first of them has against it. */
export async function readyLaunch(
  em: EntityManager,
  scope: Scope,
  { campaign, organization, action, running = 0, at, guards: chosen }: WantedLaunch,
): Promise<Launch> {
  const { guards } = stepFor(campaign, action);
  const parts = await loadParts(em, campaign);
  const launch: Launch = {
    campaign,
    parts,
    archived: await archivedUses(em, parts.audiences),
    plan: await freezePlan(em, campaign, parts, organization),
    settings: organization.effectiveSettings(),
    running,
    served: scope.servedChannels,
    now: scope.now(),
    ...(at && { at }),
  };
  judgeLaunch(chosen ?? guards, launch);
  return launch;
}
