import type { Database, Transaction } from '../adapters/postgres';
import { splitOf } from '../experiment/analysis';
import type { Experiment, WinnerMetric } from '../experiment/experiment';
import type { SampleRatio } from '../experiment/sample-ratio';
import type { DecidingArm } from '../experiment/winner-rule';
import type { Metrics } from '../metrics/metrics';
import { metricsByArm, readTallies, type Tally } from '../metrics/metrics-reader';
import { inGroups } from '../shared/in-groups';
import { EXECUTION_KIND } from '../shared/ledger-codes';

/** An execution about whose variants nothing was decided. */
export interface Undecided {
  readonly execNo: number;
  readonly campaignId: string;
  readonly orgNo: number;
  readonly organizationId: string;
  readonly experiment: Experiment;
  /** Whether a person may have several messages. */
  readonly spread: boolean;
  readonly epoch: number;
  /** Whether it still sends. */
  readonly open: boolean;
  /** Whether the test of a rollout has ended. */
  readonly ended: boolean;
  /** Which of a bandit's batches is due, from 1; the epoch that should be in force. */
  readonly batch: number;
}

/** Executions found in one round at most; what is due comes first. */
const ROUND = 5_000;
/** Executions whose figures are read in one statement. */
const TOGETHER = 200;
/** A bandit's epoch is written this long before its batch is due, so that the whole batch goes by it. */
const AHEAD_SECONDS = 5;
/** Longest window of a goal, and a week for the sending. */
const REACH_DAYS = 37;
const EXEC_NO_PER_DAY = 2 ** 32;

// By turns of the organizations. Automatic winners are looked for as long as outcomes may come, also after the last message;
// of a campaign's executions in its last one, which its winner is of. A cancelled campaign, and one that was taken off its
// calendar, takes no winner any more.
const UNDECIDED_SQL = `
with at as (select coalesce($1::timestamptz, statement_timestamp()) as now)
select * from (
  select e.exec_no as "execNo", c.id as "campaignId", e.org_no as "orgNo", o.id as "organizationId", e.experiment, e.spread, e.epoch,
    e.status = 'running' as open,
    e.experiment ->> 'mode' = 'TEST_THEN_ROLLOUT' and e.release_at <= at.now as ended,
    case when e.experiment ->> 'mode' = 'BANDIT' then least((e.experiment ->> 'batches')::int,
      1 + floor(extract(epoch from at.now + make_interval(secs => ${AHEAD_SECONDS}) - e.release_at)
        / (60 * (e.experiment ->> 'batchMinutes')::int))::int) else 0 end as batch,
    row_number() over (partition by e.org_no order by e.exec_no) as turn
  from at, campaign.execution e join campaign.campaign c using (campaign_no)
  join campaign.organization o on o.org_no = e.org_no
  where e.experiment is not null and e.decision is null and e.status in ('running', 'completed')
    and e.kind <> ${EXECUTION_KIND.TEST} and c.archived_at is null and c.status not in ('draft', 'cancelled')
    and e.exec_no >= (extract(epoch from at.now)::bigint / 86400 - ${REACH_DAYS}) * ${EXEC_NO_PER_DAY}
    and not exists (select 1 from campaign.execution later where later.campaign_no = e.campaign_no
      and later.exec_no > e.exec_no and later.kind <> ${EXECUTION_KIND.TEST} and later.status not in ('missed', 'failed'))
    and ((e.experiment ->> 'automaticWinner')::boolean or e.status = 'running' and e.experiment ->> 'mode' <> 'SPLIT')
) undecided order by (ended or batch > epoch) desc, turn, "execNo" limit ${ROUND}`;

/** Those about which something may be decided. `now`: absent, the database's. */
export const findUndecided = (database: Database, now?: Date): Promise<Undecided[]> =>
  database.query<Undecided>(UNDECIDED_SQL, [now], 'undecided-experiments');

/** What is known of an execution's arms. */
export interface Figures {
  readonly arms: readonly DecidingArm[];
  readonly split: SampleRatio | null;
}

/** An execution whose figures are wanted. */
type Wanted = Pick<Undecided, 'execNo' | 'experiment' | 'spread'>;

/** The figures of executions, by their number; from counters, never from messages. */
export async function readFigures(tx: Transaction, wanted: readonly Wanted[]): Promise<ReadonlyMap<number, Figures>> {
  const figures = new Map<number, Figures>();
  for (const some of inGroups(wanted, TOGETHER))
    for (const [execNo, one] of await readSome(tx, some)) figures.set(execNo, one);
  return figures;
}

async function readSome(tx: Transaction, wanted: readonly Wanted[]): Promise<ReadonlyMap<number, Figures>> {
  const numbers = wanted.map(({ execNo }) => execNo);
  const tallies = await readTallies(tx, { of: 'execution', numbers, counting: 'people' });
  const revenue = wanted.filter(({ experiment }) => experiment.metric === 'REVENUE').map(({ execNo }) => execNo);
  const spreads = await readSpreads(tx, revenue);
  return new Map(
    wanted.flatMap((one): [number, Figures][] => {
      const { execNo } = one;
      const tally = tallies.get(execNo);
      return tally ? [[execNo, figuresOf(tally, one, spreads.get(execNo) ?? [])]] : [];
    }),
  );
}

interface Spread {
  readonly execNo: number;
  readonly variantNo: number;
  readonly sum: number;
  readonly sumOfSquares: number;
}

function figuresOf(tally: Tally, { experiment, spread }: Wanted, values: readonly Spread[]): Figures {
  const { mode, metric } = experiment;
  // An arm that nobody was to get holds up no comparison.
  const figures = metricsByArm(tally).filter(({ arm }) => mode === 'BANDIT' || arm.allocation !== 0);
  const arms = figures.map(({ arm, metrics }) => {
    const value = values.find(({ variantNo }) => variantNo === arm.no);
    const sent = spread ? sentByOneChannel(tally, arm.no) : metrics.sent;
    return {
      no: arm.no,
      isControl: arm.isControl,
      people: metrics.eligible,
      recipients: arm.isControl ? metrics.eligible : Math.min(sent, metrics.eligible),
      successes: successesOf(metrics, metric),
      sum: value?.sum ?? 0,
      sumOfSquares: value?.sumOfSquares ?? 0,
    };
  });
  // A bandit's shares change on purpose.
  return { arms, split: mode === 'BANDIT' ? null : splitOf(figures) };
}

// Each channel has one message to a person: so many people were sent to at least, and a minimum is never met too early.
const sentByOneChannel = ({ cells }: Tally, variantNo: number): number =>
  Math.max(0, ...cells.filter((cell) => cell.variantNo === variantNo && cell.goal === null).map(({ sent }) => sent));

function successesOf(metrics: Metrics, metric: WinnerMetric): number {
  if (metric === 'OPEN') return metrics.opened;
  if (metric === 'CLICK') return metrics.clicked;
  return metrics.outcomes[0]?.people ?? 0;
}

// Of each person first, then of their squares: two orders of one person are one value. The first goal decides.
const SPREAD_SQL = `
select o.exec_no as "execNo", m.variant_no as "variantNo", sum(o.value)::float8 as sum,
  sum(o.value * o.value)::float8 as "sumOfSquares"
from (select exec_no, seq, sum(value) as value from campaign.outcome where exec_no = any($1::int8[]) and goal = 1 group by 1, 2) o
join campaign.message m on m.exec_no = o.exec_no and m.seq = o.seq and m.variant_no is not null group by 1, 2`;

async function readSpreads(tx: Transaction, execNos: readonly number[]): Promise<ReadonlyMap<number, Spread[]>> {
  if (execNos.length === 0) return new Map();
  return Map.groupBy(await tx.query<Spread>(SPREAD_SQL, [execNos]), ({ execNo }) => execNo);
}
