import type { BusMessage } from '../adapters/nats';
import { parseSessionEvent, SESSION_SUBJECTS, type SessionEvent } from '../session/session-event';
import { type LocatedSessionEvent, takeSessions } from '../session/take-sessions';
import { crashPoint } from '../shared/crash-point';
import { applyOrFindCulprits, type Item } from './culprits';
import { type DeadLetter, writeDeadLetters } from './dead-letters';
import { applyDirectoryEvent, DIRECTORY_SUBJECTS, type DirectoryEvent, parseDirectoryEvent } from './directory-events';
import { takeFromInbox } from './inbox';
import type { IngestParts } from './ingest-parts';
import { type OutcomeEvent, parseOutcomeEvent } from './outcome-event';
import { applyOutcomes, type LocatedOutcomeEvent } from './outcomes';
import { park } from './parked';
import { planByKeys } from './plan-by-keys';
import { UnreadableEvent } from './receipt';
import { setAside } from './set-aside';

const OUTCOME_SUBJECTS: ReadonlySet<string> = new Set(['event.stored', 'order.completed']);
/** As long as inbox rows are kept: an older event could not be told from one that has counted already. */
const OLDEST_MS = 35 * 86_400_000;

type LocatedDirectoryEvent = DirectoryEvent & { readonly orgNo: number };

/** Handles a batch of the events stream: the directory first, then who of it came and went, then what its people did. Other subjects are not for us. */
export async function ingestEvents(parts: IngestParts, messages: readonly BusMessage[]): Promise<void> {
  const letters: DeadLetter[] = [];
  const directory = readAll(messages, DIRECTORY_SUBJECTS, parseDirectoryEvent, letters);
  const sessions = readAll(messages, SESSION_SUBJECTS, parseSessionEvent, letters);
  const outcomes = readAll(messages, OUTCOME_SUBJECTS, parseOutcomeEvent, letters);
  await ingestDirectory(parts, directory);
  await ingestSessions(parts, sessions);
  await ingestOutcomes(parts, outcomes, letters);
  await writeDeadLetters(parts, letters);
}

function readAll<Event>(
  messages: readonly BusMessage[],
  subjects: ReadonlySet<string>,
  parse: (subject: string, text: string) => Event,
  letters: DeadLetter[],
): Item<Event>[] {
  const read: Item<Event>[] = [];
  for (const message of messages) {
    if (!subjects.has(message.subject)) continue;
    try {
      read.push({ message, event: parse(message.subject, message.text()) });
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      letters.push({ message, reason: error.message });
    }
  }
  return read;
}

async function ingestDirectory(parts: IngestParts, items: readonly Item<DirectoryEvent>[]): Promise<void> {
  if (items.length === 0) return;
  for (const organizationId of new Set(items.map(({ event }) => event.organizationId))) {
    await parts.database.query('select campaign.ensure_organization($1)', [organizationId]);
  }
  const located = await locate(parts, items);
  await applyOrFindCulprits<LocatedDirectoryEvent>(
    located,
    (own) => commitDirectory(parts, own),
    (item, error) => setAside(parts, item, error),
  );
}

async function commitDirectory(parts: IngestParts, items: readonly Item<LocatedDirectoryEvent>[]): Promise<void> {
  const now = parts.clock();
  await parts.database.transaction(async (tx) => {
    const fresh = await takeFromInbox(
      tx,
      items.map(({ event }) => event),
      now,
    );
    for (const event of fresh) await applyDirectoryEvent(tx, event.orgNo, event, now);
  });
}

async function ingestSessions(parts: IngestParts, items: readonly Item<SessionEvent>[]): Promise<void> {
  if (items.length === 0) return;
  // An organization that has no campaigns here has no directory either: the stream is the whole company's.
  await applyOrFindCulprits<LocatedSessionEvent>(
    await locate(parts, items),
    (own) =>
      commitSessions(
        parts,
        own.map(({ event }) => event),
      ),
    (item, error) => setAside(parts, item, error),
  );
}

async function commitSessions(parts: IngestParts, events: readonly LocatedSessionEvent[]): Promise<void> {
  const released = await parts.database.transaction(async (tx) => {
    const messages = await takeSessions(tx, events, { minutes: parts.sessionMinutes });
    crashPoint('ingest:before-commit');
    return messages;
  });
  crashPoint('ingest:after-commit');
  if (released > 0) parts.bus.publishCore('nudge.dispatch');
}

async function ingestOutcomes(
  parts: IngestParts,
  items: readonly Item<OutcomeEvent>[],
  letters: DeadLetter[],
): Promise<void> {
  // An organization that has no campaigns here has no outcomes either: the stream is the whole company's.
  const located = await locate(parts, items);
  const oldest = parts.clock().getTime() - OLDEST_MS;
  const recent = located.filter(({ event }) => event.at >= oldest);
  for (const { message, event } of located) {
    if (event.at < oldest) letters.push({ message, reason: 'older than 35 days', orgNo: event.orgNo });
  }
  await applyOrFindCulprits<LocatedOutcomeEvent>(
    recent,
    (own) =>
      commitOutcomes(
        parts,
        own.map(({ event }) => event),
      ),
    (item, error) => setAside(parts, item, error),
  );
}

async function commitOutcomes(parts: IngestParts, events: readonly LocatedOutcomeEvent[]): Promise<void> {
  const now = parts.clock();
  const execNos = await parts.database.transaction(async (tx) => {
    await planByKeys(tx);
    const fresh = await takeFromInbox(tx, events, now);
    const result = await applyOutcomes(tx, fresh, now);
    await park(
      tx,
      result.waiting.map((event) => ({ sort: 'outcome', event })),
      now,
    );
    crashPoint('ingest:before-commit');
    return result.execNos;
  });
  crashPoint('ingest:after-commit');
  await parts.announce(execNos);
}

async function locate<Event extends { readonly organizationId: string }>(
  parts: IngestParts,
  items: readonly Item<Event>[],
): Promise<Item<Event & { readonly orgNo: number }>[]> {
  const orgNos = await parts.organizations.load(
    parts.database,
    items.map(({ event }) => event.organizationId),
  );
  return items.flatMap(({ message, event }) => {
    const orgNo = orgNos.get(event.organizationId);
    return orgNo === undefined ? [] : [{ message, event: { ...event, orgNo } }];
  });
}
