import type { NounGraph } from '../graphql/noun-graph';
import { SchedulePreviewResolver } from './schedule-preview.resolver';

/** What schedules add to the graph. */
export const scheduleGraph: NounGraph = { resolvers: [SchedulePreviewResolver], references: {} };
