import type { Database } from '../adapters/postgres';
import { channelName } from '../shared/ledger-codes';
import type { TrackedLink } from './tracked-link';

/** The message behind a link, as the ledger knows it. */
export interface TrackedMessage {
  readonly organizationId: string;
  readonly channel: number;
  /** Where the link leads; null when the content has no link of this number. */
  readonly target: string | null;
}

// Content is named by its medium.
const names = [...channelName].map(([number, name]) => `when ${number} then '${name}'`);
const channelNameSql = `case m.channel ${names.join(' ')} end`;

// The execution froze which content the variant has, and content is never changed: what was sent is what is looked up.
const FIND = `
select o.id as "organizationId", m.channel,
  (select l ->> 'url' from jsonb_array_elements(c.compiled -> 'links') l where (l ->> 'no')::int = $3::int) as target
from campaign.message m
join campaign.organization o on o.org_no = m.org_no
left join campaign.execution e on e.exec_no = m.exec_no and $3::int > 0
left join campaign.content c on c.org_no = m.org_no and c.hash = (
  select v -> 'content' ->> ${channelNameSql} from jsonb_array_elements(e.plan -> 'variants') v
  where (v ->> 'no')::smallint = m.variant_no
)
where m.exec_no = $1 and m.seq = $2`;

/** Undefined when the message is past retention. */
export async function findTrackedMessage(
  database: Database,
  { execNo, seq, link }: TrackedLink,
): Promise<TrackedMessage | undefined> {
  const [message] = await database.query<TrackedMessage>(FIND, [execNo, seq, link], 'tracked-message');
  return message;
}
