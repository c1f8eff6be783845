import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type AuditState, differences, nothing, stateOf } from '../audit/audit-changes';
import { recordAudit } from '../audit/audit-writer';
import { once } from '../idempotency/once';
import { lockOrganization } from '../organization/organization-service';
import type { Scope } from '../scope';
import { DomainError, notFound } from '../shared/errors';
import { publicId } from '../shared/public-id';
import { judgeBlock } from './block-judgement';
import { ContentBlock, checkKey } from './content-block';
import type { BlockKind } from './expand-blocks';

export interface NewBlock {
  readonly key: string;
  readonly kind: BlockKind;
  readonly content: string;
  readonly description?: string | null;
}

/** A change made from `version`; what is not given stays as it is. */
export interface BlockChange {
  readonly id: string;
  readonly version: number;
  readonly content?: string;
  readonly description?: string | null;
}

/** Makes a block; answers its id. The same key of a request answers the same block. */
export function createBlock(scope: Scope, given: NewBlock, idempotencyKey?: string): Promise<string> {
  const request = { operation: 'createContentBlock', key: idempotencyKey, body: given };
  return scope.write((em) => once(em, scope, request, () => insertBlock(em, scope, given)));
}

async function insertBlock(em: EntityManager, scope: Scope, given: NewBlock): Promise<string> {
  checkKey(given.key);
  // Blocks of one organization are written one after the other: two writers could close a circle that neither sees.
  await lockOrganization(em, scope);
  await expectRoom(em, scope);
  const { key, kind, content, description = null } = given;
  const uses = await judgeBlock(em, scope, { key, kind, content, description });
  const [at, by] = [scope.now(), scope.viewer.userId];
  const identity = { id: publicId('blk', at), organizationNo: scope.viewer.organizationNo, version: 1 };
  const written = { createdBy: by, createdAt: at, updatedBy: by, updatedAt: at, deletedAt: null };
  const block = Object.assign(new ContentBlock(), identity, { key, kind, content, description, uses }, written);
  em.persist(block);
  await flushKeyed(em, block);
  await audit(em, scope, block, { action: 'createContentBlock', before: nothing });
  return block.id;
}

async function expectRoom(em: EntityManager, { viewer, content }: Scope): Promise<void> {
  const present = await em.count(ContentBlock, { organizationNo: viewer.organizationNo, deletedAt: null });
  if (present < content.blocks) return;
  throw new DomainError('CONTENT_BLOCK_TOO_MANY', `an organization has at most ${content.blocks} blocks`, 'key');
}

/** Changes a block from the version that the caller saw. Content that was saved before keeps the version it has. */
export function updateBlock(scope: Scope, { id, version, ...change }: BlockChange): Promise<string> {
  return scope.write(async (em) => {
    await lockOrganization(em, scope);
    const block = await lockBlock(em, scope, id);
    block.expectVersion(version);
    const before = stateOf(block);
    const { content = block.content, description = block.description } = change;
    if (content === block.content && description === block.description) return id;
    const { key, kind } = block;
    const uses = await judgeBlock(em, scope, { key, kind, content, description });
    const written = { version: version + 1, updatedBy: scope.viewer.userId, updatedAt: scope.now() };
    Object.assign(block, { content, description, uses }, written);
    await em.flush();
    await audit(em, scope, block, { action: 'updateContentBlock', before });
    return id;
  });
}

/** Takes a block out of use. Content that was saved with it keeps it; a block that others hold stays. */
export function deleteBlock(scope: Scope, { id, version }: Pick<BlockChange, 'id' | 'version'>): Promise<string> {
  return scope.write(async (em) => {
    await lockOrganization(em, scope);
    const block = await lockBlock(em, scope, id);
    block.expectVersion(version);
    await expectUnused(em, block);
    const before = stateOf(block);
    block.deletedAt = scope.now();
    await em.flush();
    await audit(em, scope, block, { action: 'deleteContentBlock', before });
    return id;
  });
}

async function lockBlock(em: EntityManager, { viewer }: Scope, id: string): Promise<ContentBlock> {
  const where = { id, organizationNo: viewer.organizationNo, deletedAt: null };
  const block = await em.findOne(ContentBlock, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!block) throw notFound('content block', id);
  return block;
}

async function expectUnused(em: EntityManager, { organizationNo, key }: ContentBlock): Promise<void> {
  const rows = await em.execute<{ key: string }[]>(users, [organizationNo, key]);
  if (rows.length === 0) return;
  const names = rows.map((row) => row.key).join(', ');
  throw new DomainError('CONTENT_BLOCK_IN_USE', `other blocks hold it: ${names}`, 'id');
}

const users = `select key from campaign.content_block
where org_no = ? and deleted_at is null and uses @> array[?::text] order by key limit 20`;

function audit(
  em: EntityManager,
  scope: Scope,
  block: ContentBlock,
  { action, before }: { action: string; before: AuditState },
): Promise<void> {
  const changes = differences(before, stateOf(block));
  return recordAudit(em, scope, { action, objectType: 'ContentBlock', objectId: block.id, changes });
}

async function flushKeyed(em: EntityManager, { key }: ContentBlock): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException && error.message.includes('content_block_key')))
      throw error;
    throw new DomainError('CONTENT_BLOCK_KEY_TAKEN', `another block has the key ${key}`, 'key');
  }
}
