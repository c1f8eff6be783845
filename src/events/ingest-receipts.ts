import type { BusMessage } from '../adapters/nats';
import { crashPoint } from '../shared/crash-point';
import { applyOrFindCulprits, type Item } from './culprits';
import { type DeadLetter, writeDeadLetters } from './dead-letters';
import { applyDelivered } from './delivered';
import type { IngestContext, LocatedReceipt } from './ingest-context';
import type { IngestParts } from './ingest-parts';
import { type ParkedEvent, park } from './parked';
import { planByKeys } from './plan-by-keys';
import { parseReceipt, type Receipt, UnreadableEvent } from './receipt';
import { setAside } from './set-aside';
import { applyTouches } from './touches';

type Apply = typeof applyDelivered;

/** Handles a batch of `notification.*`; when it returns, everything in it is committed, parked or a dead letter. */
export async function ingestReceipts(parts: IngestParts, messages: readonly BusMessage[]): Promise<void> {
  const { read, letters } = readAll(parts, messages);
  const orgNos = await parts.organizations.load(
    parts.database,
    read.map(({ event }) => event.organizationId),
  );
  const located: Item<LocatedReceipt>[] = [];
  for (const { message, event } of read) {
    const orgNo = orgNos.get(event.organizationId);
    if (orgNo === undefined) letters.push({ message, reason: 'an organization that is not ours' });
    else located.push({ message, event: { ...event, orgNo } });
  }
  await writeDeadLetters(parts, letters);
  // A transaction for each kind of lock order; the batch is acknowledged after both, and both may be repeated.
  await applyKind(parts, applyDelivered, located, (receipt) => receipt.kind === 'delivered');
  await applyKind(parts, applyTouches, located, (receipt) => receipt.kind !== 'delivered');
}

function readAll(parts: IngestParts, messages: readonly BusMessage[]) {
  const read: Item<Receipt>[] = [];
  const letters: DeadLetter[] = [];
  for (const message of messages) {
    try {
      read.push({ message, event: parseReceipt(parts.ids, message.subject, message.text()) });
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      letters.push({ message, reason: error.message });
    }
  }
  return { read, letters };
}

async function applyKind(
  parts: IngestParts,
  apply: Apply,
  items: readonly Item<LocatedReceipt>[],
  belongs: (receipt: LocatedReceipt) => boolean,
): Promise<void> {
  await applyOrFindCulprits(
    items.filter(({ event }) => belongs(event)),
    (own) =>
      commitReceipts(
        parts,
        apply,
        own.map(({ event }) => event),
      ),
    (item, error) => setAside(parts, item, error),
  );
}

async function commitReceipts(parts: IngestParts, apply: Apply, receipts: readonly LocatedReceipt[]): Promise<void> {
  const { database, context } = parts;
  await database.transaction(async (tx) => {
    await planByKeys(tx);
    const waiting = await apply(tx, receipts, context);
    await park(tx, waiting.map(toParked), context.clock());
    crashPoint('ingest:before-commit');
  });
  crashPoint('ingest:after-commit');
  await parts.announce(receipts.map((receipt) => receipt.execNo));
}

const toParked = (receipt: LocatedReceipt): ParkedEvent => ({ sort: 'receipt', receipt });

/** Receipts in a transaction of the caller's, for those that were parked; gives back what still cannot be applied. */
export async function applyReceipts(
  tx: Parameters<Apply>[0],
  receipts: readonly LocatedReceipt[],
  context: IngestContext,
): Promise<LocatedReceipt[]> {
  const delivered = receipts.filter((receipt) => receipt.kind === 'delivered');
  const others = receipts.filter((receipt) => receipt.kind !== 'delivered');
  const waiting = delivered.length > 0 ? await applyDelivered(tx, delivered, context) : [];
  return others.length > 0 ? [...waiting, ...(await applyTouches(tx, others, context))] : waiting;
}
