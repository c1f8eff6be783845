import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type AuditState, differences, nothing, stateOf } from '../audit/audit-changes';
import { recordAudit } from '../audit/audit-writer';
import { once } from '../idempotency/once';
import type { Scope } from '../scope';
import { DomainError, notFound } from '../shared/errors';
import { publicId } from '../shared/public-id';
import { expectKnownCampaigns } from './behaviour-campaigns';
import type { Rule } from './rule.types';
import { Segment } from './segment';

export interface NewSegment {
  readonly name: string;
  readonly rules: Rule;
}

export interface SegmentChange {
  readonly id: string;
  readonly version: number;
  readonly name?: string;
  readonly rules?: Rule;
}

/** Creates a segment; answers its id. The same key answers the same segment. */
export function createSegment(scope: Scope, given: NewSegment, idempotencyKey?: string): Promise<string> {
  const request = { operation: 'createSegment', key: idempotencyKey, body: given };
  return scope.write((em) =>
    once(em, scope, request, async () => {
      const at = scope.now();
      const identity = { id: publicId('seg', at), organizationNo: scope.viewer.organizationNo };
      await expectKnownCampaigns(em, identity.organizationNo, [{ rules: given.rules, path: 'rules' }]);
      const segment = Segment.create({ ...identity, ...given }, at);
      em.persist(segment);
      await flushNamed(em, segment);
      await audit(em, scope, segment, { action: 'createSegment', before: nothing });
      return segment.id;
    }),
  );
}

/** Changes a segment from the version that the caller saw. */
export function updateSegment(scope: Scope, { id, version, ...change }: SegmentChange): Promise<string> {
  return scope.write(async (em) => {
    const segment = await lockSegment(em, scope, id);
    segment.expectVersion(version);
    const { rules } = change;
    if (rules) await expectKnownCampaigns(em, segment.organizationNo, [{ rules, path: 'rules' }]);
    const before = stateOf(segment);
    if (!segment.change(change, scope.now())) return id;
    await flushNamed(em, segment);
    await audit(em, scope, segment, { action: 'updateSegment', before });
    return id;
  });
}

/** Which segment, and optionally the version that the caller decided on. */
export interface SegmentTarget {
  readonly id: string;
  readonly version?: number;
}

/** Takes a segment out of use; one that a campaign has which is not over stays. */
export function archiveSegment(scope: Scope, { id, version }: SegmentTarget): Promise<string> {
  return scope.write(async (em) => {
    const segment = await lockSegment(em, scope, id);
    segment.expectVersion(version);
    await expectUnused(em, segment);
    const before = stateOf(segment);
    segment.archive(scope.now());
    await em.flush();
    await audit(em, scope, segment, { action: 'archiveSegment', before });
    return id;
  });
}

async function lockSegment(em: EntityManager, { viewer }: Scope, id: string): Promise<Segment> {
  const where = { id, organizationNo: viewer.organizationNo, archivedAt: null };
  const segment = await em.findOne(Segment, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!segment) throw notFound('segment', id);
  return segment;
}

/** Campaigns that are told by name where a segment is in use. */
const TOLD_CAMPAIGNS = 5;

// Whoever gives a campaign this segment holds it until their commit: none of them is overlooked, and none comes after.
async function expectUnused(em: EntityManager, { segmentNo, organizationNo }: Segment): Promise<void> {
  const rows = await em.execute<{ id: string; name: string; n: string }[]>(users, [segmentNo, organizationNo]);
  if (rows.length === 0) return;
  const told = rows.map(({ id, name }) => `${name} (${id})`).join(', ');
  const others = Number(rows[0]?.n) - rows.length;
  const message = `campaigns that are not over have it as an audience: ${told}${others > 0 ? ` and ${others} more` : ''}`;
  throw new DomainError('AUDIENCE_SEGMENT_IN_USE', message, 'id');
}

const users = `select c.id, c.name, count(*) over () as n from campaign.campaign c
where c.campaign_no in (select a.campaign_no from campaign.audience a where a.segment_no = ?) and c.org_no = ?
  and c.archived_at is null and c.status not in ('completed', 'cancelled')
order by c.campaign_no desc limit ${TOLD_CAMPAIGNS}`;

function audit(
  em: EntityManager,
  scope: Scope,
  segment: Segment,
  { action, before }: { action: string; before: AuditState },
): Promise<void> {
  const changes = differences(before, stateOf(segment));
  return recordAudit(em, scope, { action, objectType: 'Segment', objectId: segment.id, changes });
}

async function flushNamed(em: EntityManager, { name }: Segment): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException && error.message.includes('segment_name'))) throw error;
    throw new DomainError('AUDIENCE_SEGMENT_NAME_TAKEN', `another segment is named ${name}`, 'name');
  }
}
