import type { NounGraph } from '../graphql/noun-graph';
import { OrganizationResolver } from './organization.resolver';

/** What organizations add to the graph. */
export const organizationGraph: NounGraph = { resolvers: [OrganizationResolver], references: {} };
