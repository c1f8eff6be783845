import type { NounGraph } from '../graphql/noun-graph';
import { AuditResolver } from './audit.resolver';

/** What the audit log adds to the graph. */
export const auditGraph: NounGraph = { resolvers: [AuditResolver], references: {} };
