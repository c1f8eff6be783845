import type { Database } from '../adapters/postgres';
import type { Viewer } from '../shared/viewer';
import type { Claims } from './claims';

/** Names the organization of a token by the number that the tables carry. */
export type Admit = (claims: Claims) => Promise<Viewer>;

const remembered = 10_000;

/**
 * An organization exists from the first valid token on: its issuer is trusted to name only real ones. A number never
 * changes, so it may be remembered without an invalidation rule; the cap bounds the memory.
 */
export function createAdmission(database: Database): Admit {
  const numbers = new Map<string, number>();
  return async ({ organizationId, userId, role }) => {
    const known = numbers.get(organizationId);
    const organizationNo = known ?? (await ensureOrganization(database, organizationId));
    if (known === undefined && numbers.size < remembered) numbers.set(organizationId, organizationNo);
    return { organizationId, organizationNo, userId, role };
  };
}

async function ensureOrganization(database: Database, id: string): Promise<number> {
  const [row] = await database.query<{ no: number }>('select campaign.ensure_organization($1) as no', [id]);
  if (row === undefined) throw new Error(`organization ${id} could not be made`);
  return row.no;
}
