import type { Transaction } from '../adapters/postgres';
import { isSpread } from '../dispatch/ways-sql';
import type { FrozenPlan } from '../execution/frozen-plan';

/** What never changes about an execution, as events and consumers need it. */
export interface ExecutionFacts {
  readonly execNo: number;
  readonly orgNo: number;
  readonly campaignNo: number;
  readonly executionId: string;
  readonly campaignId: string;
  readonly organizationId: string;
  readonly expiresAfterHours: number;
  readonly isTest: boolean;
  /** A person may have several messages, one by each channel. */
  readonly isSpread: boolean;
  readonly variantIds: ReadonlyMap<number, string>;
}

interface Row {
  exec_no: number;
  org_no: number;
  campaign_no: number;
  id: string;
  plan: FrozenPlan;
}

const KEPT = 5_000;

/** Reads each execution once: plans are frozen, so what is cached cannot become wrong. */
export class ExecutionFactsCache {
  readonly #facts = new Map<number, ExecutionFacts>();

  async load(tx: Transaction, execNos: Iterable<number>): Promise<ReadonlyMap<number, ExecutionFacts>> {
    const wanted = [...new Set(execNos)];
    const missing = wanted.filter((execNo) => !this.#facts.has(execNo));
    if (this.#facts.size + missing.length > KEPT) this.#facts.clear();
    const unread = wanted.filter((execNo) => !this.#facts.has(execNo));
    if (unread.length > 0) await this.#read(tx, unread);
    return this.#facts;
  }

  async #read(tx: Transaction, execNos: readonly number[]): Promise<void> {
    const rows = await tx.query<Row>(
      'select exec_no, org_no, campaign_no, id, plan from campaign.execution where exec_no = any($1::bigint[])',
      [execNos],
      'execution-facts',
    );
    for (const row of rows) this.#facts.set(row.exec_no, toFacts(row));
  }
}

function toFacts({ exec_no, org_no, campaign_no, id, plan }: Row): ExecutionFacts {
  return {
    execNo: exec_no,
    orgNo: org_no,
    campaignNo: campaign_no,
    executionId: id,
    campaignId: plan.campaignId,
    organizationId: plan.organizationId,
    expiresAfterHours: plan.expiresAfterHours,
    isTest: plan.test !== undefined,
    isSpread: isSpread(plan),
    variantIds: new Map(plan.variants.map((variant) => [variant.no, variant.id])),
  };
}
