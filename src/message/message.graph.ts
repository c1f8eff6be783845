import type { NounGraph } from '../graphql/noun-graph';
import { EligibilityOfUserResolver, VariantOfEligibilityResolver } from './eligibility.resolver';
import { ExplainResolver } from './explain.resolver';
import { loadMessage } from './message.loaders';
import {
  MessageOfNotificationResolver,
  MessageResolver,
  MessagesOfExecutionResolver,
  MessagesOfUserResolver,
} from './message.resolver';
import { NotificationType, UserType } from './message.types';
import { MessageEventsResolver } from './message-events.resolver';

export const messageGraph: NounGraph = {
  resolvers: [
    MessageResolver,
    MessagesOfExecutionResolver,
    MessagesOfUserResolver,
    MessageOfNotificationResolver,
    ExplainResolver,
    MessageEventsResolver,
    EligibilityOfUserResolver,
    VariantOfEligibilityResolver,
  ],
  references: {
    Message: ({ id }, context) => loadMessage(context, id),
    // Who they are is another subgraph's to say: an id alone tells nothing, and every field of ours asks for the viewer.
    User: async ({ id }) => ({ id }),
    Notification: async ({ id }) => ({ id }),
  },
  orphans: [UserType, NotificationType],
};
