import type { Decision } from '../experiment/decision';
import type { Experiment } from '../experiment/experiment';
import { judgeWinner, type Undecided } from '../experiment/winner-rule';
import type { LoaderDefinition } from '../graphql/loaders';
import { EXECUTION_KIND } from '../shared/ledger-codes';
import { readFigures } from './undecided';

/** Whether a winner is about to be declared without a person. */
export type WinnerState = 'OFF' | 'READY' | 'DECIDED' | Undecided;

/** How a campaign's last start compares its variants, and what came of it. */
export interface ExperimentState {
  readonly experiment: Experiment | null;
  readonly automaticWinner: WinnerState;
}

interface Row {
  readonly campaignNo: number;
  readonly execNo: number;
  readonly experiment: Experiment | null;
  readonly spread: boolean;
  readonly decision: Decision | null;
  /** Somebody or something may still declare a winner. */
  readonly alive: boolean;
}

// As findUndecided has it; a pause is over some time.
const LAST_SQL = `
select k.no as "campaignNo", e.exec_no as "execNo", e.experiment, e.spread, e.decision,
  e.status <> 'cancelled' and c.archived_at is null and c.status not in ('draft', 'cancelled') as alive
from unnest($1::int8[]) as k (no) join campaign.campaign c on c.campaign_no = k.no cross join lateral (
  select * from campaign.execution x where x.campaign_no = k.no and x.kind <> ${EXECUTION_KIND.TEST}
    and x.status not in ('missed', 'failed') order by x.exec_no desc limit 1
) e`;

/** By the campaign's number, judged by the very code that declares winners. */
export const experimentStateOf: LoaderDefinition<number, ExperimentState> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const rows = await transaction.query<Row>(LAST_SQL, [numbers]);
    const open = rows.flatMap(({ execNo, experiment, spread, decision, alive }) =>
      experiment?.automaticWinner && !decision && alive ? [{ execNo, experiment, spread }] : [],
    );
    const figures = open.length === 0 ? new Map() : await readFigures(transaction, open);
    return new Map(
      rows.map(({ campaignNo, execNo, experiment, decision }) => {
        const known = figures.get(execNo);
        const judged = experiment && known && judgeWinner(known.arms, experiment, known.split);
        const undecided = judged ? (judged.winner === null ? judged.because : 'READY') : 'OFF';
        return [String(campaignNo), { experiment, automaticWinner: decision ? 'DECIDED' : undecided }];
      }),
    );
  },
};
