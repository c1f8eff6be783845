import type { EntityManager } from '@mikro-orm/postgresql';
import type { OrganizationSettings } from '../organization/organization-settings';
import type { Scope } from '../scope';
import { DomainError } from '../shared/errors';
import { EXECUTION_KIND } from '../shared/ledger-codes';

const HOUR_MS = 3_600_000;

/** Refuses what goes beyond the messages that an organization may send in tests within an hour. The caller holds its lock. */
export async function expectAllowance(
  em: EntityManager,
  { viewer, now }: Scope,
  { limits }: OrganizationSettings,
  wanted: number,
): Promise<void> {
  if (!limits.enabled) return;
  const since = new Date(now().getTime() - HOUR_MS);
  const [row] = await em.execute<{ sent: string }[]>(sentSince, [viewer.organizationNo, since]);
  const left = limits.testMessagesPerHour - Number(row?.sent ?? 0);
  if (wanted <= left) return;
  const message = `this test has ${wanted} messages, and ${Math.max(0, left)} of ${limits.testMessagesPerHour} are left within an hour: try later, or name fewer`;
  throw new DomainError('DELIVERY_TEST_LIMIT', message, 'addresses');
}

const sentSince = `select coalesce(sum(next_seq - 1), 0) as sent from campaign.execution
where org_no = ? and kind = ${EXECUTION_KIND.TEST} and created_at > ?`;
