import { GraphQLError } from 'graphql';
import { Args, Ctx, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import { requireExecution } from '../execution/execution.resolver';
import type { GraphContext } from '../graphql/context';
import { requireCampaignNumber } from '../metrics/campaign-number';
import type { EventBatch } from './event-batch';
import { loadMessage } from './message.loaders';
import { MessageType } from './message.types';
import { MessageEventsArgs, MessageEventsType, MessageEventType } from './message-events.types';
import { type Absence, readMissed, resumeWith } from './missed-events';

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
  const { ids, numbers } = await placeOf(context, args);
  const kinds = args.kinds ?? undefined;
  const after = readCursor(args.after ?? '0');
  const live = context.messageEvents.follow({ organizationId: context.viewer.organizationId, ...ids, kinds });
  // Nothing was heard before the first event, so nothing was missed.
  return after === 0 ? live : resume(context, live, { ...numbers, kinds, after });
}

async function placeOf(context: GraphContext, { campaignId, executionId }: MessageEventsArgs) {
  if (campaignId != null && executionId == null)
    return { ids: { campaignId }, numbers: { campaignNo: await requireCampaignNumber(context, campaignId) } };
  if (executionId == null || campaignId != null) throw badInput('name either campaignId or executionId');
  const { execNo, campaignNo } = await requireExecution(context, executionId);
  return { ids: { executionId }, numbers: { campaignNo, execNo } };
}

function readCursor(text: string): number {
  const cursor = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(cursor)) return cursor;
  throw badInput('after is not a cursor of message events');
}

/** Listens before it reads: what happens between the two is heard, and left out of what was missed. */
async function resume({ scope }: GraphContext, live: AsyncIterableIterator<EventBatch>, absence: Absence) {
  try {
    // The first batch only says that it listens; what was missed takes its place.
    await live.next();
    const missed = await scope.read((transaction) => readMissed(transaction, absence, scope.messageIds));
    if (missed) return resumeWith(missed, live);
    throw badInput('too much has happened since this cursor: follow without it');
  } catch (error) {
    await live.return?.();
    throw error;
  }
}

const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
