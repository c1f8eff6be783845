import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { ExecutionType } from '../execution/execution.types';
import { executionByNo } from '../execution/execution-reader';
import type { GraphContext } from '../graphql/context';
import { type Connection, connectionOf, connectionType, PageArgs, pageOf } from '../graphql/pagination';
import { DateTimeScalar } from '../graphql/scalars';
import { notFound } from '../shared/errors';
import { may } from '../shared/viewer';
import { variantById } from '../variant/variant.loaders';
import { VariantType } from '../variant/variant.types';
import { keyByNotificationId, loadMessage, loginWaitOfMessage, notificationIdByKey } from './message.loaders';
import { MessagesArgs, MessageType, NotificationType, UserType } from './message.types';
import { type ListedMessage, messageByKey, messagesOfExecution, messagesOfUser } from './message-reader';

const MessageConnection = connectionType('Message', () => MessageType);

const itself = (message: ListedMessage): MessageType => message;

@Resolver(() => MessageType)
export class MessageResolver {
  @Query(() => MessageType, { nullable: true, description: 'One message.' })
  async message(
    @Arg('id', () => ID, { description: 'The public id, `msg_…`.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<MessageType> {
    const message = await loadMessage(context, id);
    if (message === undefined) throw notFound('message', id);
    return message;
  }

  @FieldResolver(() => ExecutionType, { nullable: true, description: 'The execution that it belongs to.' })
  execution(@Root() { execNo }: MessageType, @Ctx() { loaders }: GraphContext) {
    return loaders.load(executionByNo, execNo);
  }

  @FieldResolver(() => VariantType, { nullable: true, description: 'The variant that its recipient was assigned to.' })
  variant(@Root() { variantId }: MessageType, @Ctx() { loaders }: GraphContext) {
    return variantId === null ? undefined : loaders.load(variantById, variantId);
  }

  // An address is told here, and as what a rule saw: to editors alone.
  @FieldResolver(() => String, { nullable: true })
  testAddress(@Root() { testAddress }: MessageType, @Ctx() { viewer }: GraphContext): string | null {
    return may(viewer, 'edit') ? (testAddress ?? null) : null;
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true })
  awaitsLoginUntil(@Root() { execNo, seq, disposition, channel }: MessageType, @Ctx() { loaders }: GraphContext) {
    const waits = disposition === 'QUEUED' && channel === 'IN_APP';
    return waits ? loaders.load(loginWaitOfMessage, { execNo, seq }) : null;
  }

  @FieldResolver(() => NotificationType, { nullable: true, description: 'What a notification service made of it.' })
  async notification(@Root() { execNo, seq }: MessageType, @Ctx() { loaders }: GraphContext) {
    const id = await loaders.load(notificationIdByKey, { execNo, seq });
    return id === undefined ? undefined : { id };
  }
}

@Resolver(() => ExecutionType)
export class MessagesOfExecutionResolver {
  @FieldResolver(() => MessageConnection, { description: 'Its messages, in the order in which they are sent.' })
  async messages(
    @Root() { execNo }: ExecutionType,
    @Args(() => MessagesArgs) args: MessagesArgs,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Connection<MessageType>> {
    const page = pageOf(args);
    const filter = { dispositions: args.dispositions, variantId: args.variantId };
    const rows = (await loaders.load(messagesOfExecution, { owner: execNo, page, filter })) ?? [];
    return connectionOf(rows, page, ({ seq }) => [seq], itself);
  }
}

@Resolver(() => UserType)
export class MessagesOfUserResolver {
  @FieldResolver(() => MessageConnection, { description: 'What campaigns had for this person, the newest first.' })
  async campaignMessages(
    @Root() { id }: UserType,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Connection<MessageType>> {
    const page = pageOf(args, 2);
    const rows = (await loaders.load(messagesOfUser, { owner: id, page, filter: {} })) ?? [];
    return connectionOf(rows, page, ({ execNo, slot }) => [execNo, slot], itself);
  }
}

@Resolver(() => NotificationType)
export class MessageOfNotificationResolver {
  @FieldResolver(() => MessageType, { nullable: true, description: 'The message that it was made of.' })
  async campaignMessage(@Root() { id }: NotificationType, @Ctx() { loaders }: GraphContext) {
    const key = await loaders.load(keyByNotificationId, id);
    return key && loaders.load(messageByKey, key);
  }
}
