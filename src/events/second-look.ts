import type { Transaction } from '../adapters/postgres';
import { crashPoint } from '../shared/crash-point';
import { applyOrFindCulprits, type Item, mayPass } from './culprits';
import { writeDeadLetters } from './dead-letters';
import { releaseFromInbox } from './inbox';
import type { IngestParts } from './ingest-parts';
import { applyReceipts } from './ingest-receipts';
import { applyOutcomes } from './outcomes';
import { lockParked, type ParkedEvent, type ParkedRow, parkAgain, readDue, unpark } from './parked';
import { toLetter } from './parked-letter';
import { planByKeys } from './plan-by-keys';

/** A receipt whose message has not turned up for so long names one that never was, or is no longer, here. */
const LONGEST_PARKED_MS = 7 * 86_400_000;

/** Applies parked events that can be applied by now; one that cannot be stands in nobody's way. Tells whether there may be more. */
export async function lookAgain(parts: IngestParts): Promise<boolean> {
  const due = await readDue(parts.database, parts.clock());
  const items = due.map((row): Item<ParkedRow> => ({ message: toLetter(parts.ids, row, '').message, event: row }));
  const changed = new Set<number>();
  await applyOrFindCulprits(
    items,
    async (own) => {
      for (const execNo of await applyParked(parts, own)) changed.add(execNo);
    },
    (item, error) => giveUpOrPark(parts, item, error),
  );
  if (due.length > 0) crashPoint('parked:after-commit');
  if (changed.size > 0) await parts.announce([...changed]);
  return changed.size > 0;
}

const applyParked = (parts: IngestParts, items: readonly Item<ParkedRow>[]): Promise<readonly number[]> =>
  parts.database.transaction(async (tx) => {
    await planByKeys(tx);
    const rows = await lockParked(
      tx,
      items.map(({ event }) => event),
    );
    return rows.length > 0 ? replay(tx, rows, parts) : [];
  });

async function replay(tx: Transaction, rows: readonly ParkedRow[], parts: IngestParts): Promise<readonly number[]> {
  const now = parts.clock();
  const receipts = rows.flatMap(({ payload }) => (payload.sort === 'receipt' ? [payload.receipt] : []));
  const events = rows.flatMap(({ payload }) => (payload.sort === 'outcome' ? [payload.event] : []));
  const waiting = await applyReceipts(tx, receipts, parts.context);
  const outcomes = await applyOutcomes(tx, events, now);
  const unapplied = new Set<object>([...waiting, ...outcomes.waiting]);
  const rest = rows.filter(({ payload }) => unapplied.has(contentOf(payload)));
  const old = rest.filter((row) => now.getTime() - row.parked_at.getTime() > LONGEST_PARKED_MS);
  await letGo(tx, parts, old, 'its message did not turn up');
  await parkAgain(
    tx,
    rest.filter((row) => !old.includes(row)),
    now,
  );
  await unpark(
    tx,
    rows.filter((row) => !rest.includes(row)),
  );
  crashPoint('parked:before-commit');
  const applied = receipts.filter((receipt) => !unapplied.has(receipt)).map((receipt) => receipt.execNo);
  return [...applied, ...outcomes.execNos];
}

const contentOf = (parked: ParkedEvent): object => (parked.sort === 'receipt' ? parked.receipt : parked.event);

const giveUpOrPark = (parts: IngestParts, item: Item<ParkedRow>, error: Error): Promise<void> =>
  parts.database.transaction(async (tx) => {
    const rows = await lockParked(tx, [item.event]);
    if (mayPass(item, error)) await parkAgain(tx, rows, parts.clock());
    else await letGo(tx, parts, rows, `not applied: ${error.message}`);
  });

/** They rest no longer, and count as never seen: replayed, they are taken like new. */
async function letGo(tx: Transaction, parts: IngestParts, rows: readonly ParkedRow[], reason: string): Promise<void> {
  const events = rows.flatMap(({ payload }) => (payload.sort === 'outcome' ? [payload.event] : []));
  await releaseFromInbox(tx, events);
  await unpark(tx, rows);
  await writeDeadLetters(
    { ...parts, database: tx },
    rows.map((row) => toLetter(parts.ids, row, reason)),
  );
}
