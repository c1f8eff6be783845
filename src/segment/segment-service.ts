import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { once } from '../idempotency';
import type { Scope } from '../scope';
import { DomainError, notFound } from '../shared/errors';
import { publicId } from '../shared/public-id';
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
      const segment = Segment.create({ ...identity, ...given }, at);
      em.persist(segment);
      await flushNamed(em, segment);
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
    segment.change(change, version, scope.now());
    await flushNamed(em, segment);
    return id;
  });
}

async function flushNamed(em: EntityManager, { name }: Segment): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException && error.message.includes('segment_name'))) throw error;
    throw new DomainError('AUDIENCE_SEGMENT_NAME_TAKEN', `another segment is named ${name}`, 'name');
  }
}
