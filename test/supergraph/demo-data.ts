import { customers } from '../../demo/experiment';
import { EVERYBODY } from '../../demo/options';
import type { Database } from '../../src/adapters/postgres';
import type { Notification } from './notification-subgraph';
import type { Person } from './user-subgraph';

/** The organization of `npm run demo`. */
export const organizationId = 'org_demo';

/** The demo's customers, as the team that owns people knows them. */
export async function demoPeople(): Promise<readonly Person[]> {
  const people: Person[] = [];
  for await (const { externalId, email } of customers({ ...everybody, people: EVERYBODY }))
    people.push({ organizationId, id: externalId, email, name: externalId.replace('customer-', 'Customer ') });
  return people;
}

/** All that a run may be narrowed by, not narrowed. */
export const everybody = { once: false, json: undefined, people: EVERYBODY, seed: undefined, withhold: 0 };

/**
 * The demo's provider gives no ids. So what an execution has sent gets them here, as the answers of a notification
 * service would give them.
 */
export async function giveNotifications(database: Database, executionId: string): Promise<readonly Notification[]> {
  const rows = await database.query<{ id: string; userId: string }>(
    `with given as (
       insert into campaign.message_notification (org_no, notification_id, exec_no, seq, attempt, channel)
       select m.org_no, e.id || '-' || m.seq, m.exec_no, m.seq, m.attempt, m.channel
       from campaign.execution e join campaign.message m on m.exec_no = e.exec_no
       where e.id = $1 and m.sent_at is not null
       returning exec_no, seq, notification_id
     )
     select g.notification_id as id, c.external_id as "userId" from given g
     join campaign.message m on m.exec_no = g.exec_no and m.seq = g.seq
     join campaign.contact c on c.contact_no = m.contact_no`,
    [executionId],
  );
  return rows.map((row) => ({ ...row, organizationId, medium: 'email', carrier: 'Example Mail' }));
}
