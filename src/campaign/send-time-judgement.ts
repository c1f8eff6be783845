import type { EntityManager } from '@mikro-orm/postgresql';
import { findOrganization } from '../organization/organization-service';
import type { Scope } from '../scope';
import { DomainError } from '../shared/errors';
import { Channel } from '../variant/channel';
import type { Campaign } from './campaign';
import { expectSendTime, freezeHours } from './hours-freezing';
import { enabledKinds } from './plan-freezing';

/**
 * Refuses a campaign that is being saved with too many windows, or with none that its organization's quiet hours leave
 * anything of. Both may change beside it, so a launch judges it again.
 */
export async function judgeSendTime(em: EntityManager, scope: Scope, campaign: Campaign): Promise<void> {
  const { sendWindows, excludeWeekends, campaignNo } = campaign;
  if (sendWindows.length === 0 && !excludeWeekends) return;
  if (sendWindows.length > scope.maxSendWindows) {
    const message = `sendWindows may be ${scope.maxSendWindows} at most, not ${sendWindows.length}`;
    throw new DomainError('CAMPAIGN_INVALID', message, 'sendWindows');
  }
  const channels = enabledKinds({ channels: await em.find(Channel, { campaignNo }) });
  const settings = (await findOrganization(em, scope)).effectiveSettings();
  expectSendTime(freezeHours(campaign, channels, settings), channels);
}
