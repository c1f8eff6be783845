import { executionGraph } from '../execution/execution.graph';
import { experimentGraph } from '../experiment/experiment.resolver';
import { messageGraph } from '../message/message.graph';
import { metricsGraph } from '../metrics/metrics.resolver';
import type { NounGraph } from './noun-graph';

/** Everything that the graph is made of. */
export const nouns: readonly NounGraph[] = [executionGraph, messageGraph, metricsGraph, experimentGraph];
