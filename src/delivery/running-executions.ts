import type { Database } from '../adapters/postgres';
import type { FrozenPlan } from '../execution/frozen-plan';

/** What a sender knows of an execution: its frozen plan, which never changes, so it is read once. */
export interface RunningExecution {
  readonly execNo: number;
  readonly orgNo: number;
  readonly plan: FrozenPlan;
  readonly throttle?: { readonly scope: string; readonly perMinute: number };
}

const KEPT = 500;

/** Executions by number; the oldest is forgotten past 500, so that a sender's memory does not grow with campaigns. */
export class RunningExecutions {
  readonly #known = new Map<number, RunningExecution>();

  constructor(private readonly database: Database) {}

  async get(execNo: number): Promise<RunningExecution | undefined> {
    const known = this.#known.get(execNo);
    if (known) return known;
    const read = await this.#read(execNo);
    if (read) this.#keep(read);
    return read;
  }

  #keep(execution: RunningExecution): void {
    const oldest = this.#known.keys().next().value;
    if (this.#known.size >= KEPT && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(execution.execNo, execution);
  }

  async #read(execNo: number): Promise<RunningExecution | undefined> {
    const [row] = await this.database.query<{ org_no: number; campaign_no: number; plan: FrozenPlan }>(
      'select org_no, campaign_no, plan from campaign.execution where exec_no = $1',
      [execNo],
    );
    if (!row) return undefined;
    const perMinute = row.plan.throttle?.perMinute;
    const throttle = perMinute ? { throttle: { scope: `campaign:${row.campaign_no}`, perMinute } } : {};
    return { execNo, orgNo: row.org_no, plan: row.plan, ...throttle };
  }
}
