import type { Transaction } from '../adapters/postgres';
import type { Page } from '../graphql/pagination';
import type { SuppressionType } from '../message/eligibility.types';
import { CHANNEL, channelName } from '../shared/ledger-codes';

/** Which of an organization's suppressions. */
export interface SuppressionFilter {
  readonly reason?: SuppressionType['reason'] | null | undefined;
  readonly channel?: SuppressionType['channel'];
}

/** A suppression with the keys of its place in the list. */
export type ListedSuppression = SuppressionType & { readonly contactNo: number; readonly channelNo: number };

/**
 * The organization's suppressions, person by person; one row more than the page. Who was erased is not among them: nothing
 * is left to tell of that person.
 */
export async function listSuppressions(
  transaction: Transaction,
  { reason, channel }: SuppressionFilter,
  { first, after }: Page<number | string>,
): Promise<ListedSuppression[]> {
  const code = channel ? CHANNEL[channel.toLowerCase() as keyof typeof CHANNEL] : null;
  const [contactNo = null, channelNo = null, lastReason = null] = after ?? [];
  const values = [contactNo, channelNo, lastReason, reason?.toLowerCase() ?? null, code, first + 1];
  const rows = await transaction.query<Omit<ListedSuppression, 'channel'>>(LIST, values);
  return rows.map((row) => ({
    ...row,
    channel: (channelName.get(row.channelNo)?.toUpperCase() as SuppressionType['channel']) ?? null,
  }));
}

const LIST = `
select s.contact_no as "contactNo", s.channel as "channelNo", upper(s.reason) as reason, s.created_at as since,
  c.external_id as "userId"
from campaign.suppression s join campaign.contact c on c.contact_no = s.contact_no and c.erased_at is null
where s.org_no = campaign.current_org()
  and ($1::int8 is null or (s.contact_no, s.channel, s.reason) > ($1::int8, $2::int2, lower($3::text)))
  and ($4::text is null or s.reason = $4) and ($5::int2 is null or s.channel = $5)
order by s.contact_no, s.channel, s.reason limit $6`;
