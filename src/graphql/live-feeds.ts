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
  const feeds = new Map<string, { readonly campaignId: string; readonly feed: LiveFeed<unknown> }>();
  const nudges = listen((campaignId) => {
    for (const open of feeds.values()) if (open.campaignId === campaignId) open.feed.refresh();
  });
  const openFeed = <State>({ key, campaignId, read }: Followed<State>): LiveFeed<State> => {
    const feed = new LiveFeed<State>({ read, now, log, whenDeserted: () => feeds.delete(key) });
    feeds.set(key, { campaignId, feed: feed as LiveFeed<unknown> });
    return feed;
  };
  return {
    follow: <State>(followed: Followed<State>) => {
      const known = feeds.get(followed.key)?.feed as LiveFeed<State> | undefined;
      return (known ?? openFeed(followed)).follow();
    },
    get open() {
      return feeds.size;
    },
    close: () => {
      nudges.stop();
      for (const { feed } of feeds.values()) feed.close();
    },
  };
}
