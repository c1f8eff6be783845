import type { NounGraph } from '../graphql/noun-graph';
import { ExecutionResolver, ExecutionsOfCampaignResolver } from './execution.resolver';
import { ExecutionProgressResolver } from './execution-progress.resolver';
import { executionById } from './execution-reader';
import { RetryFailedResolver } from './retry-failed.resolver';

export const executionGraph: NounGraph = {
  resolvers: [ExecutionResolver, ExecutionsOfCampaignResolver, ExecutionProgressResolver, RetryFailedResolver],
  references: { Execution: ({ id }, { loaders }) => loaders.load(executionById, id) },
};
