import { textsOf } from '../medium/whole-content';
import type { Statements } from '../statements';
import { blockReferences } from './block-reference';
import { readPinned } from './block-store';

/**
 * Content with the blocks that it speaks of, as they are now; what was pinned before stays. From here on nothing that
 * happens to a block changes it.
 */
export async function pinBlocks(
  statements: Statements,
  organizationNo: number,
  content: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  if ('pinned' in content) return content;
  const texts = textsOf(content).flatMap(({ text }) => (SPEAKS_OF_BLOCKS.test(text) ? [text] : []));
  if (texts.length === 0) return content;
  const keys = [...new Set(texts.flatMap(keysIn))];
  return { ...content, pinned: { blocks: await readPinned(statements, organizationNo, keys) } };
}

const SPEAKS_OF_BLOCKS = /\{[{%][^}]*\bblocks\b/;

// What is no template is refused with its place when it is judged.
function keysIn(text: string): readonly string[] {
  try {
    return blockReferences(text).map(({ key }) => key);
  } catch {
    return [];
  }
}
