import type { Bus } from '../adapters/nats';
import type { EventBatch } from './event-batch';
import { type MessageEventKind, readMessageEvent, type ToldEvent } from './message-event';
import { MessageEventFeed } from './message-event-feed';

/** Whose events: the ids are the organization's own, checked before. */
export interface FollowedMessages {
  readonly organizationId: string;
  readonly campaignId?: string;
  readonly executionId?: string;
  /** All kinds when absent. */
  readonly kinds?: readonly MessageEventKind[];
}

export interface MessageEventFeeds {
  /** From now on, at most four batches a second; closing the iterator ends it. */
  follow(followed: FollowedMessages): AsyncIterableIterator<EventBatch>;
  close(): void;
}

/**
 * One set for one process. It listens to the bus only while somebody follows, and what it hears has been committed. The
 * bus forgets what it told a process that was away: this is a view, the stream CAMPAIGN is the record.
 */
export function createMessageEventFeeds(bus: Pick<Bus, 'subscribeCore'>): MessageEventFeeds {
  const feeds = new Map<string, MessageEventFeed>();
  let listening: { stop(): void } | undefined;
  const text = new TextDecoder();
  const hear = (payload: Uint8Array) => {
    const event = readMessageEvent(text.decode(payload));
    if (event) for (const feed of feeds.values()) feed.tell(event);
  };
  const forget = (key: string) => {
    feeds.delete(key);
    if (feeds.size > 0) return;
    listening?.stop();
    listening = undefined;
  };
  const open = (key: string, followed: FollowedMessages): MessageEventFeed => {
    const feed = new MessageEventFeed({ wanted: isAmong(followed), whenDeserted: () => forget(key) });
    feeds.set(key, feed);
    listening ??= bus.subscribeCore('campaign.message.*', hear);
    return feed;
  };
  return {
    follow: (followed) => {
      const key = keyOf(followed);
      return (feeds.get(key) ?? open(key, followed)).follow();
    },
    close: () => {
      for (const feed of [...feeds.values()]) feed.close();
    },
  };
}

const keyOf = ({ organizationId, campaignId, executionId, kinds }: FollowedMessages): string =>
  JSON.stringify([organizationId, campaignId, executionId, kinds && [...new Set(kinds)].sort()]);

const isAmong =
  ({ organizationId, campaignId, executionId, kinds }: FollowedMessages) =>
  (event: ToldEvent): boolean =>
    event.organizationId === organizationId &&
    (campaignId === undefined || event.campaignId === campaignId) &&
    (executionId === undefined || event.executionId === executionId) &&
    (kinds === undefined || kinds.includes(event.kind));
