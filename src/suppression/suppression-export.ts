import type { Database } from '../adapters/postgres';
import { inOrganization } from '../contact/in-organization';
import { csvCell } from '../shared/csv-cell';
import { type ListedSuppression, listSuppressions } from './suppression-reader';

const PAGE = 5_000;
const HEADER = 'user_id,channel,reason,since\n';

/**
 * The organization's suppressions of people as CSV, page by page: memory does not grow with the list, and no transaction
 * is held while somebody reads slowly. Addresses that nobody has are kept as hashes only and cannot be told.
 */
export async function* exportSuppressions(database: Database, orgNo: number): AsyncGenerator<string> {
  yield HEADER;
  let after: readonly (number | string)[] | undefined;
  for (;;) {
    const page = { first: PAGE, after };
    const rows = await inOrganization(database, orgNo, (tx) => listSuppressions(tx, {}, page));
    const shown = rows.slice(0, PAGE);
    yield shown.map(lineOf).join('');
    const last = shown.at(-1);
    if (rows.length <= PAGE || !last) return;
    after = [last.contactNo, last.channelNo, last.reason];
  }
}

const lineOf = ({ userId, channel, reason, since }: ListedSuppression): string =>
  `${[userId, (channel ?? '').toLowerCase(), reason.toLowerCase(), since.toISOString()].map(csvCell).join(',')}\n`;
