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
    const where = { id, organizationNo: scope.viewer.organizationNo };
    const segment = await em.findOne(Segment, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!segment) throw notFound('segment', id);
    if (change.rules) await expectKnownCampaigns(em, where.organizationNo, [{ rules: change.rules, path: 'rules' }]);
    const before = stateOf(segment);
    segment.change(change, version, scope.now());
    await flushNamed(em, segment);
    await audit(em, scope, segment, { action: 'updateSegment', before });
    return id;
  });
}

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
