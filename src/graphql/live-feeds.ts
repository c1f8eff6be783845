import type { BaseLogger } from 'pino';
import type { Clock } from '../shared/clock';
import { LiveFeed, type Snapshot } from './live-feed';

/** What is followed: read once for all who follow the same `key`. */
export interface Followed<State> {
  /** Names organization, kind and id: two viewers share a feed only when they may see the same. */
  readonly key: string;
  /** Whose nudges say that it may have changed. */
  readonly campaignId: string;
  readonly read: () => Promise<State>;
}

/** Listens for nudges of all campaigns at once; a process never holds a subscription per campaign. */
export type ListenToNudges = (onCampaign: (campaignId: string) => void) => { stop(): void };

export interface LiveFeeds {
  /** The present state first, then each change; closing the iterator ends it. */
  follow<State>(followed: Followed<State>): AsyncIterableIterator<Snapshot<State>>;
  /** How many feeds are read at present. */
  readonly open: number;
  close(): void;
}

/** One set of feeds for one process. */
export function createLiveFeeds(listen: ListenToNudges, now: Clock, log: BaseLogger): LiveFeeds {
  const feeds = new Map<string, LiveFeed<unknown>>();
  const keysOf = new Map<string, Set<string>>();
  const nudges = listen((campaignId) => {
    for (const key of keysOf.get(campaignId) ?? []) feeds.get(key)?.refresh();
  });
  const forget = ({ key, campaignId }: Followed<unknown>) => {
    feeds.delete(key);
    const keys = keysOf.get(campaignId);
    keys?.delete(key);
    if (keys?.size === 0) keysOf.delete(campaignId);
  };
  const openFeed = <State>(followed: Followed<State>): LiveFeed<State> => {
    const { key, campaignId, read } = followed;
    const feed = new LiveFeed<State>({ read, now, log, whenDeserted: () => forget(followed) });
    feeds.set(key, feed as LiveFeed<unknown>);
    keysOf.set(campaignId, (keysOf.get(campaignId) ?? new Set()).add(key));
    return feed;
  };
  return {
    follow: <State>(followed: Followed<State>) => {
      const known = feeds.get(followed.key) as LiveFeed<State> | undefined;
      return (known ?? openFeed(followed)).follow();
    },
    get open() {
      return feeds.size;
    },
    close: () => {
      nudges.stop();
      for (const feed of feeds.values()) feed.close();
    },
  };
}
