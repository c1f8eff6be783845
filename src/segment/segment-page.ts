import type { Transaction } from '../adapters/postgres';
import type { KeyKinds, Keyset, Page } from '../graphql/pagination';
import { searchWords } from '../shared/search-words';
import { segmentColumns } from './segment.loaders';
import type { SegmentType } from './segment.types';
import { SqlParameters } from './sql-parameters';

/** Which segments a list is about: all that is given must hold. */
export interface SegmentFilter {
  readonly text?: string;
  /** Archived ones in place of those in use. */
  readonly archived?: boolean;
}

/** A segment in a list, with what its place in each order is told by. */
export interface ListedSegment extends SegmentType {
  readonly nameKey: string;
  readonly changedKey: number;
}

interface Order {
  readonly by: string;
  /** What comes after the keys of a row, given their places. */
  readonly after: (keys: readonly string[]) => string;
  readonly keys: KeyKinds;
  readonly keysOf: (row: ListedSegment) => Keyset;
}

// Microseconds: a time that passed through milliseconds would leave rows out, or show them twice.
const changed = `(extract(epoch from updated_at) * 1000000)::int8`;

/** The orders of a list. Archived ones may share a name: each order ends with the number. */
export const segmentOrders = {
  NEWEST: {
    by: 'segment_no desc',
    after: ([no]) => `segment_no < ${no}::int8`,
    keys: ['number'],
    keysOf: ({ segmentNo }) => [segmentNo],
  },
  OLDEST: {
    by: 'segment_no',
    after: ([no]) => `segment_no > ${no}::int8`,
    keys: ['number'],
    keysOf: ({ segmentNo }) => [segmentNo],
  },
  NAME: {
    by: 'lower(name), segment_no',
    after: ([name, no]) => `(lower(name), segment_no) > (${name}::text, ${no}::int8)`,
    keys: ['string', 'number'],
    keysOf: ({ nameKey, segmentNo }) => [nameKey, segmentNo],
  },
  CHANGED: {
    by: `${changed} desc, segment_no desc`,
    after: ([at, no]) => `(${changed}, segment_no) < (${at}::int8, ${no}::int8)`,
    keys: ['number', 'number'],
    keysOf: ({ changedKey, segmentNo }) => [changedKey, segmentNo],
  },
} as const satisfies Readonly<Record<string, Order>>;
export type SegmentOrder = keyof typeof segmentOrders;

/** Which segments a page holds, and in which order. */
export interface SegmentPage {
  readonly filter: SegmentFilter;
  readonly order: SegmentOrder;
  readonly page: Page<number | string>;
}

/** Segments of the viewer's organization; one row more than the page, to see whether there is more. */
export function listSegments(transaction: Transaction, { filter, order, page }: SegmentPage): Promise<ListedSegment[]> {
  const parameters = new SqlParameters();
  const { by, after }: Order = segmentOrders[order];
  const conditions = [
    'org_no = campaign.current_org()',
    `archived_at is ${filter.archived ? 'not null' : 'null'}`,
    ...searchWords(filter.text).map((word) => `strpos(lower(name), lower(${parameters.bind(word)}::text)) > 0`),
    ...(page.after ? [after(page.after.map((key) => parameters.bind(key)))] : []),
  ];
  const sql = `select ${segmentColumns}, lower(name) as "nameKey", ${changed} as "changedKey" from campaign.segment
    where ${conditions.join(' and ')} order by ${by} limit ${parameters.bind(page.first + 1)}`;
  return transaction.query<ListedSegment>(sql, parameters.values);
}
