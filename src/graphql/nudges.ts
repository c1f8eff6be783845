import type { Bus } from '../adapters/nats';
import type { ListenToNudges } from './live-feeds';

const subject = 'nudge.campaign.';

/** One core subscription for all campaigns. Core messages may be lost: whoever listens also looks by itself. */
export const listenToNudges =
  (bus: Pick<Bus, 'subscribeCore'>): ListenToNudges =>
  (onCampaign) =>
    bus.subscribeCore(`${subject}*`, (_, heard) => onCampaign(heard.slice(subject.length)));

/** A write may give the dispatcher work, and those who follow a campaign something to see. */
export const wakeWatchers =
  (bus: Pick<Bus, 'publishCore'>) =>
  (changed: ReadonlySet<string>): void => {
    bus.publishCore('nudge.dispatch');
    for (const campaignId of changed) bus.publishCore(`${subject}${campaignId}`);
  };
