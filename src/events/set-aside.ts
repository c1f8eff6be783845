import { type Item, mayPass } from './culprits';
import { writeDeadLetters } from './dead-letters';
import type { IngestParts } from './ingest-parts';

/** What alone makes its batch fail is a dead letter; an error that may pass is thrown, and all are offered again. */
export async function setAside(
  parts: IngestParts,
  item: Item<{ readonly orgNo: number }>,
  error: Error,
): Promise<void> {
  if (mayPass(item, error)) throw error;
  const { message, event } = item;
  await writeDeadLetters(parts, [{ message, reason: `not applied: ${error.message}`, orgNo: event.orgNo }]);
}
