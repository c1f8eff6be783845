import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { GraphContext } from '../graphql/context';
import type { Snapshot } from '../graphql/live-feed';
import { requireExecution } from './execution.resolver';
import { ExecutionProgressType, ExecutionType } from './execution.types';
import { type Progress, readProgress } from './execution-progress';
import { executionById } from './execution-reader';

/** One reading for everyone of the organization who follows this execution. */
async function followExecution(context: GraphContext, id: string): Promise<AsyncIterable<Snapshot<Progress>>> {
  const { scope, live, viewer } = context;
  const { execNo, campaignId } = await requireExecution(context, id);
  return live.follow({
    key: `progress ${viewer.organizationNo} ${execNo}`,
    campaignId,
    read: () => scope.read((transaction) => readProgress(transaction, execNo)),
  });
}

@Resolver(() => ExecutionProgressType)
export class ExecutionProgressResolver {
  @Query(() => ExecutionProgressType, { nullable: true, description: 'An execution as it stands.' })
  async executionProgress(
    @Arg('executionId', () => ID, { description: 'The public id, `exe_…`.' }) executionId: string,
    @Ctx() context: GraphContext,
  ): Promise<ExecutionProgressType> {
    const { execNo } = await requireExecution(context, executionId);
    const progress = await context.scope.read((transaction) => readProgress(transaction, execNo));
    return { ...progress, executionId, cursor: String(context.scope.now().getTime() * 1_000) };
  }

  @Subscription(() => ExecutionProgressType, {
    name: 'executionProgress',
    description: 'An execution: as it stands, then after each change, at most four times a second.',
    subscribe: ({ args, context }) => followExecution(context, args.executionId),
  })
  followProgress(
    @Arg('executionId', () => ID, { description: 'The public id, `exe_…`.' }) executionId: string,
    @Root() { cursor, state }: Snapshot<Progress>,
  ): ExecutionProgressType {
    return { ...state, executionId, cursor: String(cursor) };
  }

  @FieldResolver(() => ExecutionType, { nullable: true })
  execution(@Root() { executionId }: ExecutionProgressType, @Ctx() { loaders }: GraphContext) {
    return loaders.load(executionById, executionId);
  }
}
