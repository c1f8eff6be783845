import type { Transaction } from '../adapters/postgres';
import type { LoaderDefinition } from '../graphql/loaders';
import type { FigureName, Figures } from '../metrics/ledger-cell';
import { type Reason, reasonName } from '../shared/ledger-codes';
import type { ReasonCountType, ReconciliationType } from './execution.types';

/** Reasons whose messages end elsewhere than in `skipped`. */
const otherEnds: ReadonlySet<Reason> = new Set([
  'held_out',
  'control',
  'render_failed',
  'too_long',
  'variable_missing',
  'refused',
  'bounced',
  'answer_lost',
  'changed_in_flight',
  'cancelled',
]);

/** Messages that one reason stopped, by the execution's number. */
export const reasonsByExecution: LoaderDefinition<number, readonly ReasonCountType[]> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const counted = await readReasons(transaction, numbers);
    return new Map([...counted].map(([no, reasons]) => [String(no), reasons]));
  },
};

/** Messages that one reason stopped in one execution. */
export interface ReasonRow {
  readonly execNo: number;
  readonly reasonNo: number;
  readonly count: number;
}

/** The reasons of executions; `which` are their numbers, for a comparison: `any(…)`. */
export const reasonsSql = (which: string): string =>
  `select exec_no as "execNo", reason as "reasonNo", sum(n)::int8 as count from campaign.reason_counter
   where exec_no = ${which} group by exec_no, reason having sum(n) <> 0 order by exec_no, reason`;

const reasonsOfExecutions = reasonsSql('any($1::int8[])');

/** Reads the reasons of many executions in one statement. */
export async function readReasons(
  transaction: Transaction,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, readonly ReasonCountType[]>> {
  return groupReasons(await transaction.query<ReasonRow>(reasonsOfExecutions, [numbers], 'reasons of executions'));
}

/** The reasons by their execution, in the graph's words. */
export function groupReasons(rows: readonly ReasonRow[]): ReadonlyMap<number, readonly ReasonCountType[]> {
  const byExecution = Map.groupBy(rows, ({ execNo }) => execNo);
  const named = ({ reasonNo, count }: ReasonRow) => ({ reason: reasonName.get(reasonNo) ?? '', count });
  return new Map([...byExecution].map(([no, own]) => [no, own.map(named)]));
}

/** What the account is made of: the ends of messages, and what has not ended. */
const accountColumns = {
  ...{ audience: 'audience', people: 'people', sent: 'sent', unknown: 'unknown', failed: 'failed', skipped: 'skipped' },
  ...{ heldOut: 'held_out', control: 'control', cancelled: 'cancelled', queued: 'queued', inFlight: 'in_flight' },
} as const satisfies Partial<Record<FigureName, string>>;
export type Account = Pick<Figures, keyof typeof accountColumns>;
const accountNames = Object.keys(accountColumns) as (keyof Account)[];
const accountSums = Object.values(accountColumns).map((column) => `sum(${column})::int8`);

/** The sums of one execution, in the order of their names. */
export interface AccountRow {
  readonly execNo: number;
  readonly sums: readonly number[];
}

/** One row for each execution, where all figures by variant, channel and goal are many; `which` as in `reasonsSql`. */
export const accountSql = (which: string): string =>
  `select exec_no as "execNo", json_build_array(${accountSums.join(', ')}) as sums from campaign.counter
   where exec_no = ${which} and goal = 0 and segment_no = 0 group by exec_no`;

const accountsOfExecutions = accountSql('any($1::int8[])');

/** Their sums by the execution's number. */
export const accountByExecution: LoaderDefinition<number, Account> = {
  keyOf: String,
  read: async (transaction, numbers) => {
    const rows = await transaction.query<AccountRow>(accountsOfExecutions, [numbers], 'accounts of executions');
    return new Map(rows.map((row) => [String(row.execNo), viewAccount(row)]));
  },
};

/** The sums by their names. */
export const viewAccount = ({ sums }: AccountRow): Account => accountOf((index) => sums[index] ?? 0);

const accountOf = (value: (index: number) => number): Account =>
  Object.fromEntries(accountNames.map((name, index) => [name, value(index)])) as Account;

/** Of an execution that has no messages yet. */
export const emptyAccount: Account = accountOf(() => 0);

/** The account of an execution; balanced means that every message has ended, in exactly one place (BR-EXE-001). */
export function reconcile(account: Account, reasons: readonly ReasonCountType[]): ReconciliationType {
  const { audience, people, sent, unknown, failed, skipped, heldOut, control, cancelled, queued, inFlight } = account;
  const ended = sent + unknown + failed + skipped + heldOut + control + cancelled;
  return {
    ...{ audience, people, sent, unknown, failed, skipped, heldOut, control, cancelled, queued, inFlight },
    skippedByReason: reasons.filter(({ reason }) => !otherEnds.has(reason as Reason)),
    notSentByReason: [...reasons],
    balanced: audience === ended && queued === 0 && inFlight === 0,
  };
}
