import { GraphQLError } from 'graphql';
import { Args, Ctx, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import { requireExecution } from '../execution/execution.resolver';
import type { GraphContext } from '../graphql/context';
import { requireCampaignNumber } from '../metrics/campaign-number';
import type { EventBatch } from './event-batch';
import { loadMessage } from './message.loaders';
import { MessageType } from './message.types';
import { MessageEventsArgs, MessageEventsType, MessageEventType } from './message-events.types';

@Resolver(() => MessageEventType)
export class MessageEventsResolver {
  @Subscription(() => MessageEventsType, {
    description:
      'What happens to the messages of a campaign or of one execution, from now on: at most four batches a second, sampled when there is more.',
    subscribe: ({ args, context }) => followEvents(context, args as MessageEventsArgs),
  })
  messageEvents(
    @Args(() => MessageEventsArgs) _: MessageEventsArgs,
    @Root() { cursor, events, skipped }: EventBatch,
  ): MessageEventsType {
    return { cursor: String(cursor), events, skipped };
  }

  @FieldResolver(() => MessageType, { nullable: true, description: 'The message as it is now.' })
  message(@Root() { messageId }: MessageEventType, @Ctx() context: GraphContext) {
    return loadMessage(context, messageId);
  }
}

/** What the viewer cannot see does not exist, and is not followed. */
async function followEvents(context: GraphContext, args: MessageEventsArgs): Promise<AsyncIterable<EventBatch>> {
  const { campaignId, executionId, kinds } = args;
  if ((campaignId == null) === (executionId == null)) throw badInput('name either campaignId or executionId');
  if (campaignId != null) await requireCampaignNumber(context, campaignId);
  if (executionId != null) await requireExecution(context, executionId);
  const { organizationId } = context.viewer;
  return context.messageEvents.follow({
    organizationId,
    campaignId: campaignId ?? undefined,
    executionId: executionId ?? undefined,
    kinds: kinds ?? undefined,
  });
}

const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
