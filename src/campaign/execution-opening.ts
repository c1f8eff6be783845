import type { EntityManager } from '@mikro-orm/postgresql';
import type { FrozenPlan } from '../execution/frozen-plan';
import { EXECUTION_KIND } from '../shared/ledger-codes';
import { publicId } from '../shared/public-id';
import { openExperiment } from '../winner/open-experiment';
import type { Campaign } from './campaign';

/** One run of a campaign, about to be written. There is one for each occurrence of a campaign. */
export interface NewExecution {
  readonly plan: FrozenPlan;
  readonly kind: 'MANUAL' | 'SCHEDULED' | 'TEST';
  readonly occurrence: string;
  readonly status: 'running' | 'missed';
  /** Why it was missed. */
  readonly reason?: string;
}

/** The key of a written execution. */
export interface OpenedExecution {
  readonly execNo: number;
  readonly id: string;
}

/**
 * Writes an execution with its frozen plan; the dispatcher finds a running one by itself. Nobody is judged for a test: who
 * gets it was named, and is written with it.
 */
export async function openExecution(
  em: EntityManager,
  { campaignNo, organizationNo, updatedAt: at }: Pick<Campaign, 'campaignNo' | 'organizationNo' | 'updatedAt'>,
  { plan, kind, occurrence, status, reason }: NewExecution,
): Promise<OpenedExecution> {
  const id = publicId('exe', at);
  const identity = [at, id, organizationNo, campaignNo, EXECUTION_KIND[kind], occurrence, status];
  const started = status === 'running' ? at : null;
  const closed = status === 'missed' || kind === 'TEST';
  const values = [...identity, JSON.stringify(plan), organizationNo, closed, at, started, reason ?? null];
  const [row] = await em.execute<{ exec_no: string }[]>(insert, values);
  const execNo = Number(row?.exec_no);
  if (status === 'running') await openExperiment(em, { execNo, orgNo: organizationNo, plan, at });
  return { execNo, id };
}

/** The name of the next start by hand. */
export async function nextManualOccurrence(em: EntityManager, { campaignNo }: Campaign): Promise<string> {
  const [row] = await em.execute<{ n: string }[]>(count, [campaignNo]);
  return `manual:${Number(row?.n ?? 0) + 1}`;
}

const count = `select count(*) as n from campaign.execution
where campaign_no = ? and kind <> ${EXECUTION_KIND.TEST}`;

// People who join after this moment are not in it: the highest number of a contact is the audience's horizon.
const insert = `insert into campaign.execution
  (exec_no, id, org_no, campaign_no, kind, occurrence, status, plan, upper_contact_no, audience_closed,
   created_at, started_at, reason)
values (campaign.next_exec_no(?), ?, ?, ?, ?, ?, ?, ?::jsonb,
  (select coalesce(max(contact_no), 0) from campaign.contact where org_no = ?), ?, ?, ?, ?)
returning exec_no`;
