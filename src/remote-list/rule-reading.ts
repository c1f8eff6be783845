import { z } from 'zod';
import type { Database } from '../adapters/postgres';
import { inOrganization } from '../contact/in-organization';
import { RemoteFailure } from '../remote/remote-failure';
import type { RemoteService } from '../remote/remote-service';
import type { Clock } from '../shared/clock';
import { ListWriter } from './list-writer';
import type { ListOwner } from './remote-list';

/** What having a rule judged takes. */
export interface RuleReading {
  readonly database: Database;
  readonly service: RemoteService;
  readonly now: Clock;
  /** For the whole directory. */
  readonly wholeMs: number;
}

/** People judged in one question. */
const BATCH = 1_000;

/**
 * Has the rules engine judge everybody of the directory by one of its rules, a batch a question, and keeps whom it chose as
 * a list. It is told what a profile holds, no name and no address. Throws RemoteFailure; then nothing of it counts.
 */
export async function readRule(parts: RuleReading, owner: ListOwner, id: string): Promise<void> {
  const writer = await ListWriter.open(parts.database, owner, { source: 'RULE', id }, parts.now());
  try {
    await judgeAll(parts, owner, id, writer);
    await writer.finish(parts.now());
  } catch (error) {
    await writer.drop();
    throw error;
  }
}

async function judgeAll(parts: RuleReading, owner: ListOwner, id: string, writer: ListWriter): Promise<void> {
  const end = performance.now() + parts.wholeMs;
  for (let after = 0; ; ) {
    const people = await nextPeople(parts.database, owner.organizationNo, after);
    const last = people.at(-1);
    if (!last) return;
    if (performance.now() > end) throw new RemoteFailure('timeout', 'its judgements took too long in all');
    await writer.add(await judge(parts.service, owner, id, people));
    after = last.contact_no;
  }
}

interface Judged {
  readonly contact_no: number;
  readonly user_id: string;
}

const nextPeople = (database: Database, orgNo: number, after: number): Promise<Judged[]> =>
  inOrganization(database, orgNo, (tx) => tx.query<Judged>(PEOPLE, [orgNo, after, BATCH]));

const PEOPLE = `
select contact_no, external_id as user_id, locale, country, time_zone, tags, attributes
from campaign.contact where org_no = $1 and contact_no > $2 and not shadow and erased_at is null
order by contact_no limit $3`;

const answer = z.object({ matched: z.array(z.string()).max(BATCH) });

async function judge(
  service: RemoteService,
  { organizationId }: ListOwner,
  id: string,
  people: readonly Judged[],
): Promise<readonly string[]> {
  const path = `/api/v1/rules/${encodeURIComponent(id)}/evaluate`;
  const users = people.map(({ contact_no: _, ...user }) => user);
  const said = answer.safeParse(await service.json({ method: 'POST', path, body: { users }, organizationId }));
  const asked = new Set(users.map((user) => user.user_id));
  if (said.success && said.data.matched.every((userId) => asked.has(userId))) return said.data.matched;
  throw new RemoteFailure('garbage', 'an answer that does not say which of the people matched');
}
