import type { EntityManager } from '@mikro-orm/postgresql';
import { recordAudit } from '../audit/audit-writer';
import { lockCampaign } from '../campaign/campaign-loading';
import { STATUS_TRANSITION } from '../campaign/transitions';
import { requirePaid } from '../guardrail/require-budget';
import { once } from '../idempotency/once';
import type { Scope } from '../scope';
import { crashPoint } from '../shared/crash-point';
import { DomainError, notFound } from '../shared/errors';
import { RETRY_FAILED_SQL } from './retry-failed-sql';

/** What is sent again. */
export interface Retried {
  readonly executionId: string;
  readonly messages: number;
}

/**
 * Sends again to whom an execution failed to send, and only to them. One that was completed runs again, a round later:
 * it takes no place among the running, and completes anew. The same key does it once; without one, a repetition finds
 * nothing that has failed until something fails again.
 */
export async function retryFailed(scope: Scope, executionId: string, idempotencyKey?: string): Promise<Retried> {
  const request = { operation: 'retryFailed', key: idempotencyKey, body: { executionId } };
  const retried = await scope.write((em) => once(em, scope, request, () => retry(em, scope, executionId)));
  // Dying here loses the answer, not the retry: chunks are found by whoever hints next.
  crashPoint('retry:after-commit');
  return retried;
}

interface RetriedExecution {
  readonly exec_no: string;
  readonly status: string;
  readonly hours: number;
}

async function retry(em: EntityManager, scope: Scope, executionId: string): Promise<Retried> {
  const execution = await lockExecution(em, scope, executionId);
  const now = scope.now();
  // Asked for by a person now: it expires as if it were due now, else nothing could be sent again after a while.
  const expires = new Date(now.getTime() + execution.hours * 3_600_000);
  const [row] = await em.execute<{ messages: number }[]>(RETRY_FAILED_SQL, [execution.exec_no, now, expires]);
  const messages = row?.messages ?? 0;
  // A campaign that has ended takes no greater budget: what this one does not pay would wait until it expires.
  if (execution.status === 'completed') await requirePaid(em, execution.exec_no);
  const changes = [
    { field: 'failed', before: String(messages), after: '0' },
    { field: 'status', before: execution.status, after: messages > 0 ? statusAfter(execution) : execution.status },
  ];
  await recordAudit(em, scope, { action: 'retryFailed', objectType: 'Execution', objectId: executionId, changes });
  crashPoint('retry:before-commit');
  return { executionId, messages };
}

const statusAfter = ({ status }: RetriedExecution): string => (status === 'completed' ? 'running' : status);

/** Campaign before execution, as everybody locks them. */
async function lockExecution(em: EntityManager, scope: Scope, id: string): Promise<RetriedExecution> {
  const [place] = await em.execute<{ campaign_id: string }[]>(findCampaign, [id, scope.viewer.organizationNo]);
  if (!place) throw notFound('execution', id, 'executionId');
  const campaign = await lockCampaign(em, scope, place.campaign_id);
  const [execution] = await em.execute<RetriedExecution[]>(lock, [id]);
  if (!execution || campaign.status === 'cancelled' || !takesAttempts.has(execution.status)) {
    const message = `a ${execution?.status} execution of a ${campaign.status} campaign does not send again`;
    throw new DomainError(STATUS_TRANSITION, message, 'executionId');
  }
  return execution;
}

const takesAttempts: ReadonlySet<string> = new Set(['running', 'paused', 'completed']);

const findCampaign = `select c.id as campaign_id from campaign.execution e join campaign.campaign c using (campaign_no)
where e.id = ? and e.org_no = ?`;
const lock = `select exec_no, status, (plan ->> 'expiresAfterHours')::float8 as hours
from campaign.execution where id = ? for no key update`;
