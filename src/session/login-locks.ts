import type { Transaction } from '../adapters/postgres';

/**
 * Who lets people wait for their login looks whether they are there and writes down that they wait; who takes in a login
 * writes down that they are there and looks whether they wait. Under these locks of their organization one of the two
 * commits before the other looks, so no login is missed. Taken before the statement that looks, and before chunks.
 */
export const lockForWaiting = (tx: Transaction, orgNos: readonly number[]): Promise<unknown> =>
  tx.query(lockSql('pg_advisory_xact_lock_shared'), [inOrder(orgNos)], 'login-lock-waiting');

/** Alone with those who wait in these organizations. */
export const lockForLogins = (tx: Transaction, orgNos: readonly number[]): Promise<unknown> =>
  tx.query(lockSql('pg_advisory_xact_lock'), [inOrder(orgNos)], 'login-lock');

const lockSql = (lock: string): string =>
  `select ${lock}(hashtext('campaign.login_wait'), org_no) from unnest($1::int[]) as o (org_no)`;

/** Everybody takes them in one order, so that nobody waits crosswise. */
const inOrder = (orgNos: readonly number[]): number[] => [...new Set(orgNos)].sort((one, other) => one - other);
