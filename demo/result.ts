import {
  type AccountFragment,
  ExecutionDocument,
  ExperimentAnalysisDocument,
  type ExperimentAnalysisQuery,
} from '../schema/generated/operations';
import { type GraphClient, present } from './graph-client';
import { ORDER, VISIT } from './outcomes-file';

type Analysis = NonNullable<ExperimentAnalysisQuery['experimentAnalysis']>;
type AnalyzedArm = Analysis['arms'][number];

/** One arm of the experiment as the graph tells it. */
export interface Arm {
  readonly variant: string;
  readonly assigned: number;
  readonly sent: number;
  readonly delivered: number;
  readonly skipped: number;
  readonly visits: number;
  readonly conversions: number;
  readonly revenue: number;
}

/** What the demo prints, and writes as JSON. */
export interface DemoResult {
  readonly arms: readonly Arm[];
  readonly chiSquare: { readonly visit: number; readonly conversion: number };
  readonly reconciliation: AccountFragment;
  /** From the start of the campaign to its completion. */
  readonly seconds: number;
  readonly messagesPerMinute: number;
}

/** Reads the result of one run; nothing in it comes from anywhere but the graph. */
export async function readResult(client: GraphClient, campaignId: string, executionId: string): Promise<DemoResult> {
  const { experimentAnalysis } = await client.ask(ExperimentAnalysisDocument, { campaignId });
  const { execution } = await client.ask(ExecutionDocument, { id: executionId });
  const analysis = present(experimentAnalysis, 'analysis');
  const { reconciliation, startedAt, completedAt } = present(execution, 'execution');
  const seconds = secondsBetween(present(startedAt, 'start'), present(completedAt, 'completion'));
  return {
    arms: analysis.arms.map(readArm),
    chiSquare: { visit: statistic(analysis, VISIT), conversion: statistic(analysis, ORDER) },
    reconciliation,
    seconds,
    messagesPerMinute: Math.round((reconciliation.sent * 60) / seconds),
  };
}

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1_000;

function readArm({ name, assigned, sent, delivered, skipped, goals }: AnalyzedArm): Arm {
  const goal = (eventType: string) => goals.find((candidate) => candidate.goal === eventType);
  const [visits, conversions] = [goal(VISIT)?.people ?? 0, goal(ORDER)?.people ?? 0];
  const revenue = Number(goal(ORDER)?.value ?? 0);
  return { variant: name, assigned, sent, delivered, skipped, visits, conversions, revenue };
}

const statistic = ({ tests }: Analysis, goal: string): number =>
  present(
    tests.find((test) => test.goal === goal),
    `test of ${goal}`,
  ).chiSquare;
