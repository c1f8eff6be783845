import type { Bus } from '../adapters/nats';
import type { ListenToNudges } from './live-feeds';

const subject = 'nudge.campaign.';

/** One core subscription for all campaigns. Core messages may be lost: whoever listens also looks by itself. */
export const listenToNudges =
  (bus: Pick<Bus, 'subscribeCore'>): ListenToNudges =>
  (onCampaign) =>
    bus.subscribeCore(`${subject}*`, (_, heard) => onCampaign(heard.slice(subject.length)));
