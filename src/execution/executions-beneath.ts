import { type Beneath, type BeneathAnswer, momentsOf } from '../graphql/beneath';
import type { Loaders } from '../graphql/loaders';
import type { LookAhead, Selection } from '../graphql/look-ahead';
import { type Page, pageOf } from '../graphql/pagination';
import { columnsFor } from '../graphql/projection';
import type { SqlParameters } from '../segment/sql-parameters';
import type { ExecutionKind } from '../shared/ledger-codes';
import {
  codesOf,
  type ExecutionColumn,
  type ExecutionRow,
  everyExecutionColumn,
  executionsOfCampaign,
  isExecutionColumn,
  LAST_EXEC_NO,
  runKinds,
  selectExecution,
  viewExecution,
} from './execution-reader';
import {
  type AccountRow,
  accountByExecution,
  accountSql,
  groupReasons,
  type ReasonRow,
  reasonsByExecution,
  reasonsSql,
  viewAccount,
} from './reconciliation';

const always = ['execNo', 'campaignNo', 'campaignId', 'kindNo'] as const;
const madeOf: Readonly<Record<string, readonly ExecutionColumn[]>> = {
  ...{ __typename: [], kind: [], reconciliation: [], metrics: [], variantMetrics: [], channelMetrics: [] },
};
const rowColumns = { every: everyExecutionColumn, isColumn: isExecutionColumn, madeOf, always };

/** The executions of a page of campaigns, with their accounts where these are asked for; nothing where none are. */
export function executionsBeneath(campaign: Selection, ahead: LookAhead, parameters: SqlParameters): Beneath[] {
  const wish = ahead.argumentsOf('Campaign', 'executions', campaign);
  const execution = campaign.beneath('executions')?.beneath('edges')?.beneath('node');
  if (wish === undefined || execution === undefined) return [];
  const { first, after, kinds: asked } = wish;
  // The schema has let nothing through but kinds.
  const kinds = Array.isArray(asked) ? (asked as ExecutionKind[]) : runKinds;
  const page = pageOf({ first: Number(first), ...(typeof after === 'string' && { after }) });
  const runs = runsSql(columnsFor(execution.names(), rowColumns), { page, kinds }, parameters);
  return execution.asked('reconciliation').length > 0
    ? [runsBeneath(runs, { page, kinds }), accounts]
    : [runsBeneath(runs, { page, kinds })];
}

/** Which executions are listed. */
interface Runs {
  readonly page: Page;
  readonly kinds: readonly ExecutionKind[];
}

// One row more than the page, as ever; `place` keeps it from having an account, which nobody asks for.
function runsSql(columns: readonly ExecutionColumn[], { page, kinds }: Runs, parameters: SqlParameters): string {
  const after = parameters.bind(page.after?.[0] ?? LAST_EXEC_NO);
  return `select ${selectExecution(columns)}, e.place <= ${parameters.bind(page.first)}::int as shown
    from owners cross join lateral (
      select *, row_number() over (order by x.exec_no desc) as place from campaign.execution x
      where x.campaign_no = owners.no and x.exec_no < ${after}::int8 and x.kind = any(${parameters.bind(codesOf(kinds))}::smallint[])
      order by x.exec_no desc limit ${parameters.bind(page.first + 1)}) e
    join campaign.campaign c on c.campaign_no = e.campaign_no`;
}

const runsBeneath = (sql: string, { page, kinds: filter }: Runs): Beneath => ({
  tables: { runs: sql },
  queries: { executions: 'select * from runs order by "campaignNo", "execNo" desc' },
  prime: (loaders, { owners, rows }) => {
    const found = Map.groupBy(rows<ExecutionRow>('executions'), ({ campaignNo }) => campaignNo);
    for (const owner of owners)
      loaders.prime(executionsOfCampaign, { owner, page, filter }, (found.get(owner) ?? []).map(viewRow));
  },
});

const viewRow = (row: ExecutionRow) => viewExecution(momentsOf(row, ['createdAt', 'startedAt', 'completedAt']));

const SHOWN = 'any(array(select "execNo" from runs where shown))';

const accounts: Beneath = {
  queries: { accounts: accountSql(SHOWN), reasons: reasonsSql(SHOWN) },
  prime: primeAccounts,
};

function primeAccounts(loaders: Loaders, { rows }: BeneathAnswer): void {
  const found = new Map(rows<AccountRow>('accounts').map((row) => [row.execNo, viewAccount(row)]));
  const reasons = groupReasons(rows<ReasonRow>('reasons'));
  const runs = rows<{ readonly execNo: number; readonly shown: boolean }>('executions');
  for (const { execNo } of runs.filter(({ shown }) => shown)) {
    loaders.prime(accountByExecution, execNo, found.get(execNo));
    loaders.prime(reasonsByExecution, execNo, reasons.get(execNo));
  }
}
