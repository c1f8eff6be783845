import type { Database } from '../adapters/postgres';
import { chunkPeopleSql } from '../delivery/chunk-people-sql';
import type { JudgedPerson } from '../personalization/personalizer';
import type { Profile } from './profiles';

/** Which chunk's people are about to be written to. */
export interface ChunkOfPeople {
  readonly execNo: number;
  readonly chunkNo: number;
  readonly orgNo: number;
  /** Whose profile all of them get; null: each their own. */
  readonly ofContactNo: number | null;
}

/** What services said of a person, for one message. */
export interface SaidOfPerson {
  readonly profile: Profile;
  readonly personalization: Profile;
}

/** Asks the services that an execution needs. */
export interface PersonTeller {
  /** Whether more than their ids is to be known of people. */
  readonly needsData: boolean;
  tell(people: readonly JudgedPerson[]): Promise<(userId: string) => SaidOfPerson>;
}

const nothing: SaidOfPerson = { profile: {}, personalization: {} };

/**
 * Fetches and keeps what services say of a chunk's people, before the guard: a guard is good for half a second, and a service
 * may take longer. What is kept for a message is never changed, by whomever it was written first: each attempt, on
 * whatever machine, says the same under its key. What could not be had is kept as nothing, for the same reason.
 * Crash on the way: what is kept is used, the rest is fetched by the next holder.
 */
export async function freezeProfiles(database: Database, teller: PersonTeller, chunk: ChunkOfPeople): Promise<void> {
  const values = [chunk.execNo, chunk.chunkNo, chunk.ofContactNo, teller.needsData];
  const people = await database.query<Person>(LACKING, values, 'profiles-lacking');
  if (people.length === 0) return;
  const said = await teller.tell(people.map(({ seq: _, contact_no: __, ...person }) => person));
  await keep(database, chunk, people, (person) => said(person.user_id));
}

interface Person extends JudgedPerson {
  readonly seq: number;
  readonly contact_no: number;
}

type Addressee = Pick<Person, 'seq' | 'contact_no'>;

async function keep<Who extends Addressee>(
  database: Database,
  { execNo, orgNo }: Pick<ChunkOfPeople, 'execNo' | 'orgNo'>,
  people: readonly Who[],
  saidOf: (person: Who) => SaidOfPerson,
): Promise<void> {
  const rows = people.map((person) => ({ ...pick(person), ...saidOf(person) }));
  await database.query(KEEP, [execNo, orgNo, JSON.stringify(rows)], 'profiles-keep');
}

const pick = ({ seq, contact_no }: Addressee) => ({ seq, contact_no });

/** What is kept for these messages, by their numbers; for one without anything, nothing is kept from now on. */
export async function frozenProfiles(
  database: Database,
  execution: Pick<ChunkOfPeople, 'execNo' | 'orgNo'>,
  messages: readonly Addressee[],
): Promise<ReadonlyMap<number, SaidOfPerson>> {
  const found = await readProfiles(database, execution.execNo, messages);
  const lacking = messages.filter(({ seq }) => !found.has(seq));
  if (lacking.length === 0) return found;
  await keep(database, execution, lacking, () => nothing);
  return readProfiles(database, execution.execNo, messages);
}

/** The same without writing: for who only looks at a message. */
export async function readProfiles(
  database: Database,
  execNo: number,
  messages: readonly Pick<Addressee, 'seq'>[],
): Promise<ReadonlyMap<number, SaidOfPerson>> {
  const seqs = messages.map(({ seq }) => seq);
  const rows = await database.query<SaidOfPerson & { seq: number }>(READ, [execNo, seqs], 'profiles-read');
  return new Map(rows.map(({ seq, ...said }) => [seq, said]));
}

// Rows that are done with need none; those in flight have theirs, or were never handed over.
const LACKING = `${chunkPeopleSql(`m.seq, c.contact_no, c.external_id as user_id, c.locale, c.country, c.time_zone,
  case when $4::boolean then c.tags end as tags, case when $4::boolean then c.attributes end as attributes`)}
where not exists (select from campaign.message_profile p where p.exec_no = m.exec_no and p.seq = m.seq)
order by m.seq`;

// Whoever was erased meanwhile keeps nothing: an erasure and this wait for each other.
const KEEP = `
with living as (
  select r.* from jsonb_to_recordset($3::jsonb) as r (seq int, contact_no bigint, profile jsonb, personalization jsonb)
  join campaign.contact c on c.contact_no = r.contact_no and c.erased_at is null
  order by c.contact_no for share of c
)
insert into campaign.message_profile (exec_no, seq, org_no, contact_no, profile, personalization, frozen_at)
select $1, seq, $2, contact_no, profile, personalization, statement_timestamp() from living order by seq on conflict do nothing`;

const READ = `select seq, profile, coalesce(personalization, '{}') as personalization from campaign.message_profile
where exec_no = $1 and seq = any($2::int[])`;
