import { type RootResolver, type RunningSubgraph, type SubgraphContext, serveSubgraph } from './subgraph-server';

/** A notification as its own subgraph knows one. */
export interface Notification {
  readonly organizationId: string;
  readonly id: string;
  readonly userId: string;
  readonly medium: string;
  readonly carrier: string;
}

interface Key {
  readonly id: string;
}

/** The team that owns notifications: everybody sees their own organization's alone. */
export function startNotificationSubgraph(
  notifications: readonly Notification[],
  secret: string,
): Promise<RunningSubgraph> {
  const seenBy = ({ caller }: SubgraphContext) =>
    notifications.filter(({ organizationId }) => organizationId === caller?.organizationId);
  const find = (id: string, context: SubgraphContext) => seenBy(context).find((one) => one.id === id);
  const notification: RootResolver<Key> = (_, { id }, context) => find(id, context);
  return serveSubgraph(
    'notification',
    {
      Query: { notification },
      Notification: {
        __resolveReference: ({ id }: Key, context: SubgraphContext) => find(id, context),
        receiver: ({ userId }: Notification) => ({ id: userId }),
      },
      User: {
        __resolveReference: ({ id }: Key) => ({ id }),
        notifications: ({ id }: Key, _: unknown, context: SubgraphContext) =>
          seenBy(context).filter(({ userId }) => userId === id),
      },
    },
    secret,
  );
}
