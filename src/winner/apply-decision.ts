import type { EntityManager } from '@mikro-orm/postgresql';
import type { Decision } from '../experiment/decision';
import type { Weights } from '../experiment/epoch';
import { CHUNK_STATE } from '../shared/ledger-codes';

/** An execution whose lock is held, as deciding sees it. */
export interface DecidedExecution {
  readonly execNo: number;
  /** The epoch in force. */
  readonly epoch: number;
}

/** What is written of a decision, and from when on. */
export interface Applied {
  readonly decision: Decision;
  /** What those who are still undecided get; nothing where nobody waits. */
  readonly weights: Weights | null;
  readonly at: Date;
}

/**
 * Writes a decision: the epoch by which undecided rows get their variant from now on, and those who still wait are due at
 * once. One statement in the caller's transaction, which holds the locks of campaign and execution, in this order.
 * Crash before the commit: nothing of it, and those who wait go on waiting. A row that is being claimed at this moment is
 * decided by the epoch that its claim sees.
 */
export async function applyDecision(
  em: EntityManager,
  { execNo, epoch }: DecidedExecution,
  { decision, weights, at }: Applied,
): Promise<void> {
  const next = weights === null ? epoch : epoch + 1;
  await em.execute('update campaign.execution set decision = ?::jsonb where exec_no = ?', [
    JSON.stringify(decision),
    execNo,
  ]);
  if (weights === null) return;
  await writeEpoch(em, { execNo, epoch: next, weights });
  await em.execute(PULL_FORWARD, [at, execNo]);
}

/** Appends an epoch and puts it in force. */
export async function writeEpoch(
  em: EntityManager,
  { execNo, epoch, weights }: DecidedExecution & { readonly weights: Weights },
): Promise<void> {
  await em.execute(WRITE_EPOCH, [epoch, JSON.stringify(weights), execNo]);
  await em.execute('update campaign.execution set epoch = ? where exec_no = ?', [epoch, execNo]);
}

const WRITE_EPOCH = `insert into campaign.allocation_epoch (exec_no, epoch, org_no, weights)
select exec_no, ?, org_no, ?::jsonb from campaign.execution where exec_no = ?`;

// Where each person has a time of their day, it is that of the planned end of the test.
// Due by the database's clock, which judges it. Whoever has quiet hours then is put off by the guard. A chunk with a list
// does not wait for a variant, but for a provider's pause or the end of quiet hours: neither ends by a decision.
const PULL_FORWARD = `with given as (select least(?::timestamptz, statement_timestamp()) as now)
update campaign.chunk k set due_at = g.now, expires_at = k.expires_at - (k.due_at - g.now)
from given g where k.exec_no = ? and k.state = ${CHUNK_STATE.open} and k.phase = 1 and k.seqs is null
  and k.due_at > g.now and not exists (select from campaign.execution e where e.exec_no = k.exec_no and e.plan -> 'localTime' is not null)`;
