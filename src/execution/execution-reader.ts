import type { Transaction } from '../adapters/postgres';
import { listLoader } from '../graphql/list-loader';
import type { LoaderDefinition } from '../graphql/loaders';
import { EXECUTION_KIND, type ExecutionKind } from '../shared/ledger-codes';
import type { ExecutionStatus, ExecutionType } from './execution.types';

const column = {
  id: 'e.id',
  execNo: 'e.exec_no',
  campaignNo: 'e.campaign_no',
  campaignId: 'c.id',
  kindNo: 'e.kind',
  status: 'upper(e.status)',
  occurrence: 'e.occurrence',
  round: 'e.round',
  createdAt: 'e.created_at',
  startedAt: 'e.started_at',
  completedAt: 'e.completed_at',
  reason: 'e.reason',
  lists: "e.plan -> 'lists'",
} as const satisfies Readonly<Record<string, string>>;
export type ExecutionColumn = keyof typeof column;
export const everyExecutionColumn = Object.keys(column) as ExecutionColumn[];

export const isExecutionColumn = (name: string): name is ExecutionColumn => Object.hasOwn(column, name);

/** Some columns of an execution's row. */
export const selectExecution = (columns: readonly ExecutionColumn[]): string =>
  columns.map((name) => `${column[name]} as "${name}"`).join(', ');

/** Above all numbers that executions get. */
export const LAST_EXEC_NO = Number.MAX_SAFE_INTEGER;

const columns = selectExecution(everyExecutionColumn);
const tables = 'campaign.execution e join campaign.campaign c on c.campaign_no = e.campaign_no';

/** A row as it is read. */
export type ExecutionRow = Omit<ExecutionType, 'kind'> & { readonly kindNo: number };

const kindName = new Map(Object.entries(EXECUTION_KIND).map(([name, no]) => [no as number, name]));

/** Executions by their public id. */
export const executionById: LoaderDefinition<string, ExecutionType> = {
  keyOf: (id) => id,
  read: async (transaction, ids) => {
    const sql = `select ${columns} from ${tables} where e.id = any($1) and e.org_no = campaign.current_org()`;
    const rows = await transaction.query<ExecutionRow>(sql, [ids]);
    return new Map(rows.map((row) => [row.id, viewExecution(row)]));
  },
};

/** Executions by their number. */
export const executionByNo: LoaderDefinition<number, ExecutionType> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const rows = await transaction.query<ExecutionRow>(
      `select ${columns} from ${tables} where e.exec_no = any($1::int8[])`,
      [numbers],
    );
    return new Map(rows.map((row) => [String(row.execNo), viewExecution(row)]));
  },
};

/** Campaigns' executions, the newest first, by the campaign's number; one row more than the page. */
export const executionsOfCampaign = listLoader<number, ExecutionType, readonly ExecutionKind[]>(
  async (transaction, campaignNos, { page, filter }) => {
    const rows = await transaction.query<ExecutionRow>(
      `select ${columns} from unnest($1::int8[]) as wanted (campaign_no)
       cross join lateral (select * from campaign.execution x where x.campaign_no = wanted.campaign_no
         and x.exec_no < $2::int8 and x.kind = any($4::smallint[]) order by x.exec_no desc limit $3) e
       join campaign.campaign c on c.campaign_no = e.campaign_no
       order by e.campaign_no, e.exec_no desc`,
      [campaignNos, page.after?.[0] ?? LAST_EXEC_NO, page.first + 1, codesOf(filter)],
      'executions of campaigns',
    );
    return Map.groupBy(rows.map(viewExecution), ({ campaignNo }) => campaignNo);
  },
);

/** What is listed where no kinds are asked for: a test is no run of its campaign. */
export const runKinds: readonly ExecutionKind[] = ['SCHEDULED', 'MANUAL', 'TRIGGERED', 'TRANSACTIONAL'];

/** The numbers of kinds. */
export const codesOf = (kinds: readonly ExecutionKind[]): number[] => kinds.map((kind) => EXECUTION_KIND[kind]);

/** How an execution stands at this moment; read anew for each event of a subscription. */
export async function readStatus(transaction: Transaction, execNo: number): Promise<ExecutionStatus> {
  const sql = 'select upper(status) as status from campaign.execution where exec_no = $1';
  const [row] = await transaction.query<{ status: ExecutionStatus }>(sql, [execNo]);
  if (row === undefined) throw new Error(`execution ${execNo} is gone`);
  return row.status;
}

/** A row in the graph's words. */
export function viewExecution({ kindNo, ...row }: ExecutionRow): ExecutionType {
  return { ...row, kind: (kindName.get(kindNo) ?? 'MANUAL') as ExecutionType['kind'] };
}
