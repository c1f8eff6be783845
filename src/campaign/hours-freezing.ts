import { hoursOf, isOpenWeek } from '../channel/channel-hours';
import { smsQuietHours } from '../channel/sms-hours';
import type { FrozenPlan, FrozenQuietHours } from '../execution/frozen-plan';
import type { OrganizationSettings } from '../organization/organization-settings';
import { openWeekOf } from '../send-window/send-window';
import { DomainError } from '../shared/errors';
import type { ChannelKind } from '../shared/ledger-codes';
import type { Campaign } from './campaign';

/** What a plan says of the hours of a day and the days of a week. */
export type FrozenHours = Pick<FrozenPlan, 'quietHours' | 'smsQuietHours' | 'windows' | 'localTime'>;

/** Quiet hours as the organization has them now, and the windows of a campaign that goes by these channels. */
export function freezeHours(
  campaign: Pick<Campaign, 'type' | 'delivery' | 'sendWindows' | 'excludeWeekends' | 'localTime'>,
  channels: readonly ChannelKind[],
  settings: OrganizationSettings,
): FrozenHours {
  const { enabled, commercialSms, ...hours } = settings.quietHours;
  const own: FrozenQuietHours = { ...hours, skips: skips(campaign) };
  const rests = campaign.type !== 'TRANSACTIONAL' && commercialSms && channels.includes('sms');
  const sms = rests ? smsQuietHours(enabled ? own : null, own) : undefined;
  const { localTime } = campaign;
  return {
    quietHours: enabled ? own : null,
    ...(sms && { smsQuietHours: sms }),
    ...freezeWindows(campaign, settings),
    ...(localTime && { localTime: { ...localTime, timeZone: hours.timeZone } }),
  };
}

/** The windows of a campaign, whether or not quiet hours leave anything of them. */
export function freezeWindows(
  campaign: Pick<Campaign, 'delivery' | 'sendWindows' | 'excludeWeekends'>,
  { quietHours: { timeZone } }: OrganizationSettings,
): Pick<FrozenPlan, 'windows'> {
  const open = openWeekOf(campaign);
  return open ? { windows: { open, timeZone, skips: skips(campaign) } } : {};
}

const skips = ({ delivery: { onQuietHours } }: Pick<Campaign, 'delivery'>): boolean => onQuietHours === 'SKIP';

/** Refuses hours that leave no minute of a week to some channel: its messages would wait for ever. */
export function expectSendTime(plan: FrozenHours, channels: readonly ChannelKind[]): void {
  if (plan.windows?.open.length === 0)
    throw noTime('excludeWeekends', 'all send windows lie on Saturdays and Sundays, and weekends are excluded');
  for (const kind of channels) {
    const hours = hoursOf(plan, kind);
    if (hours && isOpenWeek(hours) && hours.open.length === 0)
      throw noTime('sendWindows', `quiet hours leave nothing of the send windows for ${kind}`);
  }
}

const noTime = (path: string, message: string): DomainError => new DomainError('CAMPAIGN_NO_SEND_TIME', message, path);
