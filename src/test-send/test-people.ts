import type { EntityManager } from '@mikro-orm/postgresql';
import type { Transaction } from '../adapters/postgres';
import { reachableSql } from '../channel/channel-gates';
import type { Scope } from '../scope';
import { notFound } from '../shared/errors';
import { CHANNEL, type ChannelKind } from '../shared/ledger-codes';
import { publicId } from '../shared/public-id';
import type { TestRequest } from './test-request';

/** A living contact, as the directory has it. */
interface Known {
  readonly contactNo: number;
  readonly userId: string;
  readonly address: string | null;
  readonly reachable: boolean;
  readonly locale: string | null;
}

/** Who was named: contacts by their ids, and everybody who has one of the addresses that matter. */
export interface NamedPeople {
  readonly byId: ReadonlyMap<string, Known>;
  /** By the address in small letters; shadows last, else the oldest first. */
  readonly byAddress: ReadonlyMap<string, readonly Known[]>;
}

/** Who gets a test. */
export interface TestRecipient {
  readonly contactNo: number;
  readonly reachable: boolean;
  /** Under any contact with this address. */
  readonly suppressed: boolean;
  readonly locale: string | null;
}

const select = (kind: ChannelKind): string => `select c.contact_no as "contactNo", c.external_id as "userId",
  lower(c.email) as address, ${reachableSql(kind)} as reachable, c.locale from campaign.contact c`;
const BY_ID = 'where c.org_no = $1 and c.external_id = any($2::text[]) and not c.shadow and c.erased_at is null';
const BY_ADDRESS = `where c.org_no = $1 and lower(c.email) = any($2::text[]) and c.erased_at is null
order by c.shadow, c.contact_no`;

/** Looks people up before anything is locked: by address only the directory's own role finds them by an index. */
export function findNamed({ judge, viewer }: Scope, request: TestRequest): Promise<NamedPeople> {
  const { channel, addresses, userIds, sampleUserId } = request;
  const ids = sampleUserId === undefined ? userIds : [...userIds, sampleUserId];
  return judge(async (tx) => {
    const named = await read(tx, `${select(channel)} ${BY_ID}`, viewer.organizationNo, ids);
    // Whoever shares an address has said no for it; on other media each contact speaks for itself.
    const shared = channel === 'email' ? named.flatMap(({ address }) => address ?? []) : [];
    const wanted = [...addresses.map(keyOf), ...shared];
    const found = await read(tx, `${select(channel)} ${BY_ADDRESS}`, viewer.organizationNo, wanted);
    const byAddress = Map.groupBy(found, ({ address }) => address ?? '');
    return { byId: new Map(named.map((known) => [known.userId, known])), byAddress };
  });
}

const read = (tx: Transaction, sql: string, orgNo: number, keys: readonly string[]): Promise<Known[]> =>
  keys.length === 0 ? Promise.resolve([]) : tx.query<Known>(sql, [orgNo, keys]);

/** Two spellings that differ in capitals are one address. */
const keyOf = (address: string): string => address.toLowerCase();

/** The contact whose data is to be shown; null where nobody was named. */
export function sampleOf({ byId }: NamedPeople, { sampleUserId }: TestRequest): Known | null {
  if (sampleUserId === undefined) return null;
  const sample = byId.get(sampleUserId);
  if (sample) return sample;
  throw notFound('user', sampleUserId, 'sampleUserId');
}

/**
 * Everybody who was named, once. An address without a contact gets a shadow: outside segments, erased like any other, and
 * the same one for each later test.
 */
export async function recipientsOf(
  em: EntityManager,
  scope: Scope,
  request: TestRequest,
  people: NamedPeople,
): Promise<readonly TestRecipient[]> {
  const byId = request.userIds.map((userId, index) => knownById(people, userId, `userIds[${index}]`));
  const byAddress: Known[] = [];
  for (const address of request.addresses)
    byAddress.push(people.byAddress.get(keyOf(address))?.[0] ?? (await shadowOf(em, scope, address)));
  const recipients = [...new Map([...byId, ...byAddress].map((one) => [one.contactNo, one])).values()];
  const asked = [...recipients, ...[...people.byAddress.values()].flat()];
  const silenced = await suppressedOf(em, scope, request.channel, asked);
  return recipients.map((one) => ({
    ...one,
    suppressed: [one, ...namesakes(people, one)].some(({ contactNo }) => silenced.has(contactNo)),
  }));
}

const namesakes = ({ byAddress }: NamedPeople, { address }: Known): readonly Known[] =>
  byAddress.get(address ?? '') ?? [];

function knownById({ byId }: NamedPeople, userId: string, path: string): Known {
  const known = byId.get(userId);
  if (known) return known;
  throw notFound('user', userId, path);
}

async function shadowOf(em: EntityManager, { viewer, now }: Scope, address: string): Promise<Known> {
  const at = now();
  const userId = publicId('shd', at);
  const [row] = await em.execute<{ contact_no: string }[]>(addShadow, [viewer.organizationNo, userId, address, at, at]);
  return {
    contactNo: Number(row?.contact_no),
    userId,
    address: keyOf(address),
    reachable: true,
    locale: null,
  };
}

// Its only column that a conflict may touch: who was named again is the same.
const addShadow = `insert into campaign.contact (org_no, external_id, email, email_valid, shadow, created_at, updated_at)
values (?, ?, ?, true, true, ?, ?)
on conflict (org_no, lower(email)) where shadow and email is not null do update set updated_at = excluded.updated_at
returning contact_no`;

async function suppressedOf(
  em: EntityManager,
  { viewer }: Scope,
  channel: ChannelKind,
  people: readonly Known[],
): Promise<ReadonlySet<number>> {
  const numbers = JSON.stringify(people.map(({ contactNo }) => contactNo));
  const rows = await em.execute<{ contact_no: string }[]>(suppressed, [
    viewer.organizationNo,
    numbers,
    CHANNEL[channel],
  ]);
  return new Set(rows.map(({ contact_no }) => Number(contact_no)));
}

const suppressed = `select distinct contact_no from campaign.suppression
where org_no = ? and contact_no in (select value::bigint from jsonb_array_elements_text(?::jsonb)) and channel in (0, ?)`;
