import type { EntityManager } from '@mikro-orm/postgresql';
import { differences, nothing, stateOf } from '../audit/audit-changes';
import { recordAudit } from '../audit/audit-writer';
import { longestExternalId, readExternalId } from '../contact/external-id';
import { once } from '../idempotency/once';
import type { Scope } from '../scope';
import { DomainError } from '../shared/errors';
import { CHANNEL, type ChannelKind } from '../shared/ledger-codes';
import type { GivenReason } from './suppression-reasons';

/** People of one request at most: all of them are one transaction. */
const mostPeople = 1_000;

/** What the organization may take back. What a person said, only that person can take back, by agreeing again. */
const liftable: ReadonlySet<GivenReason> = new Set(['hard_bounced', 'do_not_send']);

export interface SuppressionRequest {
  readonly userIds: readonly string[];
  /** On every medium when missing. */
  readonly channel?: ChannelKind;
  readonly reason: GivenReason;
}

/** Of the people named: those for whom something changed, and those for whom it was so already. */
export interface SuppressionOutcome {
  readonly changed: number;
  readonly unchanged: number;
}

/**
 * People who are not contacted any more (BR-CAM-002.3). Who is not in the directory yet is kept as a shadow, so that a list
 * from elsewhere holds before its people come. From the commit on no sender takes them; what is on its way may arrive.
 */
export function suppressUsers(scope: Scope, request: SuppressionRequest, key?: string): Promise<SuppressionOutcome> {
  const ids = checkedIds(request.userIds);
  const repeatable = { operation: 'suppressUsers', key, body: request };
  return scope.write((em) =>
    once(em, scope, repeatable, async () => {
      const { organizationNo } = scope.viewer;
      await em.execute(addShadows, [organizationNo, scope.now(), scope.now(), JSON.stringify(ids)]);
      const code = channelCode(request);
      const values = [organizationNo, code, request.reason, scope.now(), organizationNo, JSON.stringify(ids)];
      const changed = (await em.execute<object[]>(add, values)).length;
      return tell(em, scope, 'suppressUsers', request, { changed, unchanged: ids.length - changed });
    }),
  );
}

/** Takes a decision of the organization back; other reasons of the same people still hold. */
export function liftSuppressions(scope: Scope, request: SuppressionRequest): Promise<SuppressionOutcome> {
  const ids = checkedIds(request.userIds);
  if (!liftable.has(request.reason))
    throw new DomainError(
      'AUDIENCE_INVALID_SUPPRESSION',
      `${request.reason} is what people said: they alone can take it back`,
      'reason',
    );
  return scope.write(async (em) => {
    const values = [scope.viewer.organizationNo, JSON.stringify(ids), channelCode(request), request.reason];
    const changed = (await em.execute<object[]>(lift, values)).length;
    await em.execute(liftAddresses, values);
    return tell(em, scope, 'liftSuppressions', request, { changed, unchanged: ids.length - changed });
  });
}

const channelCode = ({ channel }: SuppressionRequest): number => (channel ? CHANNEL[channel] : 0);

function checkedIds(userIds: readonly string[]): readonly string[] {
  if (userIds.length < 1 || userIds.length > mostPeople)
    throw invalid(`1 to ${mostPeople} people at once, not ${userIds.length}`, 'userIds');
  return [...new Set(userIds.map((given, index) => readExternalId(given) ?? refuseId(index)))];
}

const invalid = (message: string, path: string) => new DomainError('AUDIENCE_INVALID_SUPPRESSION', message, path);

function refuseId(index: number): never {
  throw invalid(
    `an id has 1 to ${longestExternalId} characters, none of them a control character`,
    `userIds[${index}]`,
  );
}

async function tell(
  em: EntityManager,
  scope: Scope,
  action: string,
  { userIds, reason, channel }: SuppressionRequest,
  outcome: SuppressionOutcome,
): Promise<SuppressionOutcome> {
  // The reason is the field, since its value would be kept as a digest like any text; so are the people.
  const state = stateOf({ [reason]: outcome.changed, channel: channel ? CHANNEL[channel] : 0, people: userIds });
  const objectId = scope.viewer.organizationId;
  await recordAudit(em, scope, { action, objectType: 'Organization', objectId, changes: differences(nothing, state) });
  return outcome;
}

const addShadows = `insert into campaign.contact (org_no, external_id, shadow, created_at, updated_at)
select ?, id, true, ?, ? from jsonb_array_elements_text(?::jsonb) as id order by id on conflict do nothing`;

// Who was erased has a suppression that says so, and is not to be known again.
const add = `insert into campaign.suppression (org_no, contact_no, channel, reason, created_at)
select ?, c.contact_no, ?, ?, ? from campaign.contact c
where c.org_no = ? and c.erased_at is null and c.external_id in (select jsonb_array_elements_text(?::jsonb))
order by c.contact_no on conflict do nothing returning contact_no`;

// Else the next contact with the same address would be suppressed by what was taken back.
const liftAddresses = `delete from campaign.address_suppression a
using campaign.contact c join campaign.address_key k using (org_no)
where c.org_no = ? and c.external_id in (select jsonb_array_elements_text(?::jsonb)) and a.org_no = c.org_no
  and a.address_hash in (campaign.address_hash(k.key, lower(c.email)),
    campaign.address_hash(k.key, campaign.plain_phone(c.phone)))
  and a.channel = ? and a.reason = ?`;

const lift = `delete from campaign.suppression s using campaign.contact c
where c.org_no = ? and c.external_id in (select jsonb_array_elements_text(?::jsonb)) and s.contact_no = c.contact_no
  and s.channel = ? and s.reason = ? returning s.contact_no`;
