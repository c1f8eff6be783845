import type { Decision } from '../experiment/decision';
import type { LoaderDefinition } from '../graphql/loaders';

/** What was decided about the variants of executions, by their number. */
export const decisionOfExecution: LoaderDefinition<number, Decision> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const rows = await transaction.query<{ execNo: number; decision: Decision }>(
      `select exec_no as "execNo", decision from campaign.execution
       where exec_no = any($1::int8[]) and decision is not null`,
      [numbers],
    );
    return new Map(rows.map(({ execNo, decision }) => [String(execNo), decision]));
  },
};
