import type { Transaction } from '../adapters/postgres';

/** By what an event of another service is known: never by the bus's own id or window. */
export interface InboxIdentity {
  readonly orgNo: number;
  readonly source: string;
  readonly eventId: string;
}

const keyOf = (event: InboxIdentity): string => JSON.stringify([event.orgNo, event.source, event.eventId]);

/**
 * The events that were not seen before, once each, in their order. Taken in the transaction that handles them: rolled
 * back with it, they are new again.
 */
export async function takeFromInbox<Event extends InboxIdentity>(
  tx: Transaction,
  events: readonly Event[],
  now: Date,
): Promise<Event[]> {
  const unique = [...new Map(events.map((event) => [keyOf(event), event])).values()];
  const rows = await tx.query<{ org_no: number; source: string; event_id: string }>(
    `insert into campaign.inbox (org_no, source, event_id, received_at)
     select e.*, $4 from unnest($1::int[], $2::text[], $3::text[]) as e (org_no, source, event_id)
     order by 1, 2, 3 on conflict do nothing returning org_no, source, event_id`,
    [
      unique.map((event) => event.orgNo),
      unique.map((event) => event.source),
      unique.map((event) => event.eventId),
      now,
    ],
    'ingest-inbox',
  );
  const fresh = new Set(
    rows.map(({ org_no, source, event_id }) => keyOf({ orgNo: org_no, source, eventId: event_id })),
  );
  return unique.filter((event) => fresh.has(keyOf(event)));
}

/** Events that were taken and could not be applied after all: offered again, they are new. */
export async function releaseFromInbox(tx: Transaction, events: readonly InboxIdentity[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `delete from campaign.inbox i using unnest($1::int[], $2::text[], $3::text[]) as e (org_no, source, event_id)
     where i.org_no = e.org_no and i.source = e.source and i.event_id = e.event_id`,
    [events.map((event) => event.orgNo), events.map((event) => event.source), events.map((event) => event.eventId)],
  );
}
