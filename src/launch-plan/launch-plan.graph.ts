import type { NounGraph } from '../graphql/noun-graph';
import { LaunchPlanResolver } from './launch-plan.resolver';

/** What launch plans add to the graph. */
export const launchPlanGraph: NounGraph = { resolvers: [LaunchPlanResolver], references: {} };
