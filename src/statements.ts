import type { Transaction } from './adapters/postgres';

/** Runs a statement of the caller's transaction; its values stand at the question marks. An EntityManager is one. */
export interface Statements {
  execute<Rows extends object[]>(sql: string, values: unknown[]): Promise<Rows>;
}

/** Of a transaction that has no EntityManager. */
export const statementsOf = (transaction: Transaction): Statements => ({
  execute: async <Rows extends object[]>(sql: string, values: unknown[]) => {
    let place = 0;
    return (await transaction.query(
      sql.replaceAll('?', () => `$${++place}`),
      values,
    )) as Rows;
  },
});
