import type { Database } from '../adapters/postgres';
import { inOrganization } from '../contact/in-organization';

/** What an address is of, as rows name it. */
export const ADDRESS_OF = { asset: 1, image: 2 } as const;
export type AddressKind = keyof typeof ADDRESS_OF;

/** The address that a service said last of something. */
export interface KeptAddress {
  readonly key: string;
  readonly address: string;
  readonly answeredAt: Date;
}

interface Place {
  readonly orgNo: number;
  readonly kind: AddressKind;
}

/** What is known of these, however old. */
export const keptAddresses = (
  database: Database,
  { orgNo, kind }: Place,
  keys: readonly string[],
): Promise<KeptAddress[]> =>
  inOrganization(database, orgNo, (tx) => tx.query<KeptAddress>(READ, [orgNo, ADDRESS_OF[kind], keys]));

/** Keeps what a service has just said, and forgets what it has nothing of any more: null. */
export async function keepAddresses(
  database: Database,
  { orgNo, kind }: Place,
  { said, at }: { readonly said: ReadonlyMap<string, string | null>; readonly at: Date },
): Promise<void> {
  const rows = [...said].map(([key, address]) => ({ key, address })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const gone = rows.flatMap(({ key, address }) => (address === null ? [key] : []));
  const given = JSON.stringify(rows.filter(({ address }) => address !== null));
  const place = [orgNo, ADDRESS_OF[kind]];
  await inOrganization(database, orgNo, async (tx) => {
    // Known rows first and new ones in the order of their keys, so that two saves never wait for each other.
    await tx.query(LOCK, [...place, rows.map(({ key }) => key)]);
    await tx.query(KEEP, [...place, given, at]);
    await tx.query(FORGET, [...place, gone, at]);
  });
}

const READ = `select key, address, answered_at as "answeredAt" from campaign.remote_address
where org_no = $1 and kind = $2 and key = any($3::text[])`;

const LOCK = `select from campaign.remote_address
where org_no = $1 and kind = $2 and key = any($3::text[]) order by key collate "C" for update`;

// The newest stands, whichever process comes last.
const KEEP = `
insert into campaign.remote_address as kept (org_no, kind, key, address, answered_at)
select $1, $2, r.key, r.address, $4 from jsonb_to_recordset($3::jsonb) as r (key text, address text)
on conflict (org_no, kind, key) do update set address = excluded.address, answered_at = excluded.answered_at
where kept.answered_at < excluded.answered_at`;

const FORGET = `delete from campaign.remote_address
where org_no = $1 and kind = $2 and key = any($3::text[]) and answered_at <= $4`;
