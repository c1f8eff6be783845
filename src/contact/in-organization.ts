import type { Database, Transaction } from '../adapters/postgres';

const becomeTenant = `select set_config('role', 'campaign_app', true), set_config('app.org', $1, true)`;

/** One transaction that sees and writes one organization alone, whoever owns the connection. */
export const inOrganization = <Result>(
  database: Database,
  orgNo: number,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> =>
  database.transaction(async (transaction) => {
    await transaction.query(becomeTenant, [String(orgNo)]);
    return work(transaction);
  });
