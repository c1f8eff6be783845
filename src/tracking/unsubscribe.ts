import { setTimeout as pause } from 'node:timers/promises';
import { suppressShadowAddresses } from '../suppression/shadow-addresses';
import type { TouchRecorder } from './touch-recorder';
import type { TrackedLink } from './tracked-link';
import type { TrackingParts } from './tracking-parts';

/**
 * A sender's guard is good for so long (DESIGN §3, 5): past it, whoever was judged before the commit is judged again.
 * No setting: less would break the promise that nothing is handed over once the answer is given.
 */
const GUARD_GOOD_MS = 500;

interface Suppressed {
  readonly organizationId: string;
  readonly contactNo: number;
  readonly channel: number;
  readonly since: Date | null;
  /** The person is known by their address alone. */
  readonly isShadow: boolean;
}

// By the message alone: neither campaign nor address is needed, so it works when the one has ended or the other is
// erased. `since` is null only when the contact is gone altogether, and nobody can write to it.
const SUPPRESS = `
with message as (
  select m.org_no, m.contact_no, m.channel, o.id as organization_id
  from campaign.message m join campaign.organization o on o.org_no = m.org_no
  where m.exec_no = $1 and m.seq = $2
),
suppressed as (
  insert into campaign.suppression as s (org_no, contact_no, channel, reason, created_at)
  select m.org_no, m.contact_no, m.channel, 'unsubscribed', $3::timestamptz
  from message m join campaign.contact c on c.contact_no = m.contact_no
  on conflict (contact_no, channel, reason) do update set created_at = s.created_at
  returning created_at
)
select organization_id as "organizationId", contact_no as "contactNo", channel, (select created_at from suppressed) as since,
  coalesce((select c.shadow from campaign.contact c where c.contact_no = message.contact_no), false) as "isShadow"
from message`;

/**
 * Ends a message's channel for its person; false when the message is past retention. When this returns, no further
 * hand-over to the person starts there. Any number of times is as once: the touch carries the time of the first one,
 * by which the ingest knows it again.
 *
 * Crash after the commit: the suppression holds, touch and address are made up for when the link is used again; the address
 * also by the ingest of the touch.
 */
export async function unsubscribe(
  { database, clock }: Pick<TrackingParts, 'database' | 'clock'>,
  recorder: TouchRecorder,
  { execNo, seq, messageId }: TrackedLink,
  correlationId: string,
): Promise<boolean> {
  const [suppressed] = await database.query<Suppressed>(SUPPRESS, [execNo, seq, clock()], 'unsubscribe');
  if (!suppressed) return false;
  const { organizationId, contactNo, channel, since, isShadow } = suppressed;
  if (isShadow) await database.transaction((tx) => suppressShadowAddresses(tx, [contactNo]));
  if (since) recorder.record({ kind: 'unsubscribed', messageId, organizationId, channel, at: since, correlationId });
  await pause(GUARD_GOOD_MS);
  return true;
}
