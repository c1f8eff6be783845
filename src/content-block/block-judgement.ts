import type { EntityManager } from '@mikro-orm/postgresql';
import { parseTemplate, variablesOf } from '../content/template-check';
import type { Scope } from '../scope';
import { checkNesting } from './block-graph';
import { blockReferences } from './block-reference';
import { readPinned } from './block-store';
import { type ContentBlock, checkTexts } from './content-block';
import { expandBlocks } from './expand-blocks';
import { refuseOtherUses } from './other-uses';

/**
 * Judges what is to be in a block, among the blocks of its organization, whose writes wait meanwhile; answers the keys of
 * those in it. Throws CONTENT_TEMPLATE with line and column, CONTENT_BLOCK_CYCLE and CONTENT_BLOCK_DEPTH.
 */
export async function judgeBlock(
  em: EntityManager,
  { viewer, content: limits }: Scope,
  block: Pick<ContentBlock, 'key' | 'kind' | 'content' | 'description'>,
): Promise<readonly string[]> {
  checkTexts(block);
  parseTemplate(block.kind, block.content, 'content');
  const uses = [...new Set(blockReferences(block.content).map(({ key }) => key))];
  const present = await em.execute<{ key: string; uses: string[] }[]>(graph, [viewer.organizationNo]);
  const others = present.map((row) => [row.key, row.uses] as const);
  checkNesting(new Map([...others, [block.key, uses]]), limits.blockDepth);
  const blocks = await readPinned(em, viewer.organizationNo, uses);
  const whole = expandBlocks(block.content, { dialect: block.kind, path: 'content', blocks });
  const variables = variablesOf([parseTemplate(block.kind, whole, 'content')]);
  refuseOtherUses(variables, [{ text: block.content, path: 'content' }]);
  return uses;
}

const graph = 'select key, uses from campaign.content_block where org_no = ? and deleted_at is null';
