import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { campaignById } from '../campaign/campaign.loaders';
import { CampaignType } from '../campaign/campaign.types';
import type { GraphContext } from '../graphql/context';
import { type Connection, connectionOf, connectionType, pageOf } from '../graphql/pagination';
import { CampaignMetricsType, ChannelMetricsType, VariantMetricsType } from '../metrics/metrics.types';
import { type Tally, tallyOf } from '../metrics/metrics-reader';
import { viewByVariant, viewMetrics, viewTotal } from '../metrics/metrics-view';
import { RemoteListType } from '../remote-list/remote-list.types';
import { viewLists } from '../remote-list/remote-list-view';
import { notFound } from '../shared/errors';
import { ExecutionsArgs, ExecutionType, ReconciliationType, WaitingForType } from './execution.types';
import { executionById, executionsOfCampaign, runKinds } from './execution-reader';
import { accountByExecution, emptyAccount, reasonsByExecution, reconcile } from './reconciliation';
import { openWorkOf, stalledReason, waitingFor } from './waiting';

const ExecutionConnection = connectionType('Execution', () => ExecutionType);

/** Throws NOT_FOUND for what the viewer cannot see. */
export async function requireExecution({ loaders }: GraphContext, id: string): Promise<ExecutionType> {
  const execution = await loaders.load(executionById, id);
  if (execution === undefined) throw notFound('execution', id);
  return execution;
}

async function tallyOfExecution({ loaders }: GraphContext, no: number): Promise<Tally> {
  return (await loaders.load(tallyOf, { of: 'execution', no })) ?? { cells: [], goals: [], arms: [] };
}

@Resolver(() => ExecutionType)
export class ExecutionResolver {
  @Query(() => ExecutionType, { nullable: true, description: 'One run of a campaign.' })
  execution(
    @Arg('id', () => ID, { description: 'The public id, `exe_…`.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<ExecutionType> {
    return requireExecution(context, id);
  }

  @FieldResolver(() => CampaignType, { nullable: true, description: 'The campaign that it runs.' })
  campaign(@Root() { campaignId }: ExecutionType, @Ctx() { loaders }: GraphContext) {
    return loaders.load(campaignById, campaignId);
  }

  @FieldResolver(() => ReconciliationType, { description: 'Its account.' })
  async reconciliation(@Root() { execNo }: ExecutionType, @Ctx() context: GraphContext): Promise<ReconciliationType> {
    const [account, reasons] = await Promise.all([
      context.loaders.load(accountByExecution, execNo),
      context.loaders.load(reasonsByExecution, execNo),
    ]);
    return reconcile(account ?? emptyAccount, reasons ?? []);
  }

  @FieldResolver(() => WaitingForType, { nullable: true, description: 'What it waits for, when nothing moves.' })
  async waitingFor(@Root() { execNo }: ExecutionType, @Ctx() { loaders, scope }: GraphContext) {
    const work = await loaders.load(openWorkOf, execNo);
    return work && waitingFor(work, scope.now());
  }

  @FieldResolver(() => String, { nullable: true, description: 'Why it stands still although it should not.' })
  async stalledReason(@Root() { execNo }: ExecutionType, @Ctx() { loaders, scope }: GraphContext) {
    const work = await loaders.load(openWorkOf, execNo);
    return work && stalledReason(work, scope.now());
  }

  @FieldResolver(() => [RemoteListType], { description: 'What it was given of audiences that other services keep.' })
  remoteLists(@Root() { lists, createdAt }: ExecutionType): RemoteListType[] {
    return viewLists(lists ?? [], createdAt);
  }

  @FieldResolver(() => CampaignMetricsType, { description: 'Its figures.' })
  async metrics(@Root() { execNo }: ExecutionType, @Ctx() context: GraphContext): Promise<CampaignMetricsType> {
    return viewTotal(await tallyOfExecution(context, execNo));
  }

  @FieldResolver(() => [VariantMetricsType], { description: 'Its figures by variant.' })
  async variantMetrics(@Root() { execNo }: ExecutionType, @Ctx() context: GraphContext): Promise<VariantMetricsType[]> {
    return viewByVariant(await tallyOfExecution(context, execNo));
  }

  @FieldResolver(() => [ChannelMetricsType], { description: 'Its figures by channel.' })
  async channelMetrics(@Root() { execNo }: ExecutionType, @Ctx() context: GraphContext): Promise<ChannelMetricsType[]> {
    return viewMetrics(await tallyOfExecution(context, execNo)).channelMetrics;
  }
}

@Resolver(() => CampaignType)
export class ExecutionsOfCampaignResolver {
  @FieldResolver(() => ExecutionConnection, { description: 'Its runs, the newest first; tests only where asked for.' })
  async executions(
    @Root() { campaignNo: owner }: CampaignType,
    @Args(() => ExecutionsArgs) args: ExecutionsArgs,
    @Ctx() context: GraphContext,
  ): Promise<Connection<ExecutionType>> {
    const page = pageOf(args);
    const rows =
      (await context.loaders.load(executionsOfCampaign, { owner, page, filter: args.kinds ?? runKinds })) ?? [];
    return connectionOf(
      rows,
      page,
      ({ execNo }) => [execNo],
      (row) => row,
    );
  }
}
