import type { Database } from '../adapters/postgres';
import { inOrganization } from '../contact/in-organization';
import type { LocalizedValue, Said } from './localization-question';
import { LOCALIZED, type LocalizedKind } from './localized-keys';

/** What was last said of a key in a place: null, that there is nothing. */
export interface KeptAnswer {
  readonly place: string;
  readonly key: string;
  readonly value: LocalizedValue | null;
  readonly answeredAt: Date;
}

interface Wanted {
  readonly kind: LocalizedKind;
  readonly keys: readonly string[];
  readonly places: readonly string[];
}

/** What is known, however old. */
export const keptAnswers = (database: Database, orgNo: number, { kind, keys, places }: Wanted): Promise<KeptAnswer[]> =>
  inOrganization(database, orgNo, (tx) => tx.query<KeptAnswer>(READ, [orgNo, LOCALIZED[kind], places, keys]));

/** Keeps what a service has just said; of keys that it left out, that there is nothing. */
export async function keepAnswers(
  database: Database,
  orgNo: number,
  { kind, keys, places, said, at }: Wanted & { readonly said: Said; readonly at: Date },
): Promise<void> {
  const rows = places.flatMap((place) => keys.map((key) => ({ place, key, value: said.get(place)?.get(key) ?? null })));
  const sorted = rows.toSorted((a, b) => (a.place + a.key < b.place + b.key ? -1 : 1));
  await inOrganization(database, orgNo, (tx) => tx.query(KEEP, [orgNo, LOCALIZED[kind], JSON.stringify(sorted), at]));
}

const READ = `select place, key, value, answered_at as "answeredAt" from campaign.localization_answer
where org_no = $1 and kind = $2 and place = any($3::text[]) and key = any($4::text[])`;

// The newest stands, whichever process comes last.
const KEEP = `
insert into campaign.localization_answer as kept (org_no, kind, place, key, value, answered_at)
select $1, $2, r.place, r.key, r.value, $4
from jsonb_to_recordset($3::jsonb) as r (place text, key text, value jsonb)
on conflict (org_no, kind, place, key) do update set value = excluded.value, answered_at = excluded.answered_at
where kept.answered_at < excluded.answered_at`;
