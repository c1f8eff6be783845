import type { Transaction } from '../adapters/postgres';
import { listLoader } from '../graphql/list-loader';
import type { LoaderDefinition } from '../graphql/loaders';
import { EXECUTION_KIND } from '../shared/ledger-codes';
import type { ExecutionStatus, ExecutionType } from './execution.types';

const columns = `e.id, e.exec_no as "execNo", e.campaign_no as "campaignNo", c.id as "campaignId", e.kind as "kindNo",
  upper(e.status) as status, e.occurrence, e.round, e.created_at as "createdAt", e.started_at as "startedAt",
  e.completed_at as "completedAt", e.reason,
  e.plan -> 'lists' as lists`;
const tables = 'campaign.execution e join campaign.campaign c on c.campaign_no = e.campaign_no';

type Row = Omit<ExecutionType, 'kind'> & { readonly kindNo: number };

const kindName = new Map(Object.entries(EXECUTION_KIND).map(([name, no]) => [no as number, name]));

/** Executions by their public id. */
export const executionById: LoaderDefinition<string, ExecutionType> = {
  keyOf: (id) => id,
  read: async (transaction, ids) => {
    const sql = `select ${columns} from ${tables} where e.id = any($1) and e.org_no = campaign.current_org()`;
    const rows = await transaction.query<Row>(sql, [ids]);
    return new Map(rows.map((row) => [row.id, viewExecution(row)]));
  },
};

/** Executions by their number. */
export const executionByNo: LoaderDefinition<number, ExecutionType> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const rows = await transaction.query<Row>(`select ${columns} from ${tables} where e.exec_no = any($1::int8[])`, [
      numbers,
    ]);
    return new Map(rows.map((row) => [String(row.execNo), viewExecution(row)]));
  },
};

/** Campaigns' executions, the newest first, by the campaign's number; one row more than the page. */
export const executionsOfCampaign = listLoader<number, ExecutionType>(async (transaction, campaignNos, { page }) => {
  const rows = await transaction.query<Row>(
    `select ${columns} from unnest($1::int8[]) as wanted (campaign_no)
     cross join lateral (select * from campaign.execution x where x.campaign_no = wanted.campaign_no
       and x.exec_no < coalesce($2::int8, 9223372036854775807) order by x.exec_no desc limit $3) e
     join campaign.campaign c on c.campaign_no = e.campaign_no
     order by e.campaign_no, e.exec_no desc`,
    [campaignNos, page.after?.[0] ?? null, page.first + 1],
    'executions of campaigns',
  );
  return Map.groupBy(rows.map(viewExecution), ({ campaignNo }) => campaignNo);
});

/** How an execution stands at this moment; read anew for each event of a subscription. */
export async function readStatus(transaction: Transaction, execNo: number): Promise<ExecutionStatus> {
  const sql = 'select upper(status) as status from campaign.execution where exec_no = $1';
  const [row] = await transaction.query<{ status: ExecutionStatus }>(sql, [execNo]);
  if (row === undefined) throw new Error(`execution ${execNo} is gone`);
  return row.status;
}

function viewExecution({ kindNo, ...row }: Row): ExecutionType {
  return { ...row, kind: (kindName.get(kindNo) ?? 'MANUAL') as ExecutionType['kind'] };
}
