import { refuseReserved } from '../content/template-check';
import { hasAtMost } from '../shared/characters';
import { DomainError } from '../shared/errors';
import { isStorable } from '../shared/storable-text';
import { BLOCK_KEY } from './block-reference';
import type { BlockKind } from './expand-blocks';

/** A piece of Liquid under a name, used by any number of contents; each keeps the version that it was saved with. */
export class ContentBlock {
  blockNo!: number;
  id!: string;
  organizationNo!: number;
  key!: string;
  kind!: BlockKind;
  description!: string | null;
  content!: string;
  /** Keys of the blocks in it. */
  uses!: readonly string[];
  version!: number;
  createdBy!: string;
  createdAt!: Date;
  updatedBy!: string;
  updatedAt!: Date;
  deletedAt!: Date | null;

  /** Refuses a change that was made from an older version. */
  expectVersion(expected: number): void {
    if (expected === this.version) return;
    const message = `version ${expected} is not the present one; the block is at version ${this.version}`;
    throw new DomainError('CONFLICT', message, 'version');
  }
}

const most = { content: 64_000, description: 2_000 } as const;

/** Refuses what no block may be called. */
export function checkKey(key: string): void {
  if (BLOCK_KEY.test(key)) return;
  const message = 'a key has 1 to 64 small letters, digits and _, and begins with a letter';
  throw new DomainError('CONTENT_INVALID', message, 'key');
}

/** Refuses texts that no block may have; whether they are templates is judged beside it. */
export function checkTexts({ content, description }: Pick<ContentBlock, 'content' | 'description'>): void {
  checkText('content', content, most.content);
  if (content === '') throw new DomainError('CONTENT_INVALID', 'a block has at least one character', 'content');
  if (description !== null) checkText('description', description, most.description);
  refuseReserved(content, 'content');
}

function checkText(path: string, text: string, longest: number): void {
  if (hasAtMost(longest, text) && isStorable(text)) return;
  throw new DomainError('CONTENT_INVALID', `at most ${longest} characters that can be stored`, path);
}
