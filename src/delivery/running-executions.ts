import type { Database } from '../adapters/postgres';
import type { FrozenPlan } from '../execution/frozen-plan';
import { type SharedRate, SharedRates, sharedLimits } from '../organization/shared-rate';
import { type ChannelKind, EXECUTION_KIND } from '../shared/ledger-codes';
import type { Throttle } from './throttle';

/** What a sender knows of an execution: its frozen plan, of which throttle and send windows may be edited, during a pause. */
export interface RunningExecution {
  readonly execNo: number;
  readonly orgNo: number;
  readonly plan: FrozenPlan;
  /** How often it was. */
  readonly planEdits: number;
  /** The campaign's own limit. */
  readonly throttle: Throttle | undefined;
  /** What it shares with all of its organization's. */
  readonly sharedRate: SharedRate | undefined;
  /** Whether its campaign has a budget, which may be edited during a pause. */
  readonly budget: boolean | 'unasked';
}

/** The limits that its messages on a channel fall under. */
export const throttlesOn = (
  { orgNo, throttle, sharedRate }: RunningExecution,
  kind: ChannelKind,
): readonly Throttle[] => [...(throttle ? [throttle] : []), ...sharedLimits(orgNo, kind, sharedRate)];

interface ReadExecution {
  readonly org_no: number;
  readonly campaign_no: number;
  readonly plan: FrozenPlan;
  readonly plan_edits: number;
  readonly settings: string;
  readonly budget: boolean;
}

const KEPT = 500;
/** After this the plan is read again. By one that was edited since no guard takes anything. */
const FRESH_MS = 1_000;

/** Executions by number; the oldest is forgotten past 500, so that a sender's memory does not grow with campaigns. */
export class RunningExecutions {
  readonly #rates = new SharedRates();
  readonly #known = new Map<number, { readonly execution: RunningExecution; readonly readAt: number }>();

  constructor(private readonly database: Database) {}

  async get(execNo: number): Promise<RunningExecution | undefined> {
    const known = this.#known.get(execNo);
    if (known && performance.now() - known.readAt < FRESH_MS) return known.execution;
    const read = await this.#read(execNo);
    if (read) this.#keep(read);
    return read;
  }

  #keep(execution: RunningExecution): void {
    this.#known.delete(execution.execNo);
    const [oldest] = this.#known.keys();
    if (this.#known.size >= KEPT && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(execution.execNo, { execution, readAt: performance.now() });
  }

  async #read(execNo: number): Promise<RunningExecution | undefined> {
    const [row] = await this.database.query<ReadExecution>(READ_SQL, [execNo], 'running-execution');
    if (!row) return undefined;
    const { org_no: orgNo, campaign_no: campaignNo, plan, plan_edits: planEdits, budget } = row;
    const perMinute = plan.throttle?.perMinute;
    const throttle = perMinute ? { scope: `campaign:${campaignNo}`, perMinute } : undefined;
    return { execNo, orgNo, plan, planEdits, throttle, sharedRate: this.#rates.of(row.settings), budget };
  }
}

const READ_SQL = `
select e.org_no, e.campaign_no, e.plan, e.plan_edits, o.settings::text as settings,
  c.budget is not null and e.kind <> ${EXECUTION_KIND.TEST} as budget
from campaign.execution e join campaign.organization o using (org_no)
join campaign.campaign c on c.campaign_no = e.campaign_no where e.exec_no = $1`;
