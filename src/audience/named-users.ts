import type { Transaction } from '../adapters/postgres';
import { longestExternalId, readExternalId } from '../contact/external-id';
import type { Page } from '../graphql/pagination';
import { DomainError } from '../shared/errors';

/** The ids of an audience of people who are named one by one, each once; throws with the place of a wrong one. */
export function checkNamedUsers(userIds: readonly string[], most: number, path: string): readonly string[] {
  const ids = [
    ...new Set(userIds.map((given, index) => readExternalId(given) ?? refuseId(`${path}.userIds[${index}]`))),
  ];
  if (ids.length >= 1 && ids.length <= most) return ids;
  const message = `an audience names 1 to ${most} people, not ${ids.length}: a segment or an import may hold more`;
  throw new DomainError('AUDIENCE_TOO_MANY', message, `${path}.userIds`);
}

function refuseId(path: string): never {
  const message = `an id has 1 to ${longestExternalId} characters, none of them a control character`;
  throw new DomainError('AUDIENCE_INVALID', message, path);
}

/** Somebody whom an audience names. */
export interface NamedUser {
  readonly userId: string;
  /** Whether the directory has them; who is not in it is meant once they come, and cannot be reached before. */
  readonly isKnown: boolean;
}

/** Whom an audience names, in the order of their ids; one more than the page. */
export function listNamedUsers(
  tx: Transaction,
  { audienceId, isKnown }: { readonly audienceId: string; readonly isKnown: boolean | undefined },
  { first, after }: Page<string | number>,
): Promise<NamedUser[]> {
  return tx.query<NamedUser>(LIST, [audienceId, after?.[0] ?? null, isKnown ?? null, first + 1]);
}

const LIST = `select "userId", "isKnown" from (
  select n.external_id as "userId", exists (
    select from campaign.contact c
    where c.org_no = n.org_no and c.external_id = n.external_id and not c.shadow and c.erased_at is null) as "isKnown"
  from campaign.named_user n where n.org_no = campaign.current_org() and n.audience_id = $1
) n
where ($2::text is null or "userId" collate "C" > $2::text) and ($3::boolean is null or "isKnown" = $3)
order by "userId" collate "C" limit $4`;

/** How many of those whom these audiences name the directory does not have. */
export async function countUnknown(tx: Transaction, audienceIds: readonly string[]): Promise<number> {
  if (audienceIds.length === 0) return 0;
  const [row] = await tx.query<{ n: number }>(UNKNOWN, [audienceIds]);
  return row?.n ?? 0;
}

const UNKNOWN = `select count(distinct n.external_id) as n from campaign.named_user n
left join campaign.contact c on c.org_no = n.org_no and c.external_id = n.external_id and not c.shadow and c.erased_at is null
where n.audience_id = any($1) and c.contact_no is null`;
