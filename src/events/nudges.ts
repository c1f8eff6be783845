import type { Bus } from '../adapters/nats';

const QUIET_MS = 250;

/** Tells whoever watches a campaign that its figures changed: after a commit, at most once in 250 ms each. */
export interface Nudges {
  campaign(campaignId: string): void;
  stop(): void;
}

/** The first change is told at once, those that follow within the pause together at its end: the last is never lost. */
export function createNudges(bus: Bus): Nudges {
  const pausing = new Map<string, { again: boolean; timer: NodeJS.Timeout }>();

  const tell = (campaignId: string) => {
    bus.publishCore(`nudge.campaign.${campaignId}`);
    pausing.set(campaignId, { again: false, timer: setTimeout(() => ended(campaignId), QUIET_MS) });
  };
  const ended = (campaignId: string) => {
    const again = pausing.get(campaignId)?.again ?? false;
    pausing.delete(campaignId);
    if (again) tell(campaignId);
  };

  return {
    campaign: (campaignId) => {
      const pause = pausing.get(campaignId);
      if (pause) pause.again = true;
      else tell(campaignId);
    },
    stop: () => {
      for (const [campaignId, { again, timer }] of pausing) {
        clearTimeout(timer);
        if (again) bus.publishCore(`nudge.campaign.${campaignId}`);
      }
      pausing.clear();
    },
  };
}
