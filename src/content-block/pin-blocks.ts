import { textsOf } from '../medium/whole-content';
import type { Statements } from '../statements';
import { blockReferences } from './block-reference';
import { readPinned } from './block-store';
import type { PinnedBlocks } from './expand-blocks';

/** The blocks that content speaks of, as they are now; undefined where it speaks of none. */
export async function pinBlocks(
  statements: Statements,
  organizationNo: number,
  content: Readonly<Record<string, unknown>>,
): Promise<PinnedBlocks | undefined> {
  const texts = textsOf(content, 'content').flatMap(({ text }) => (SPEAKS_OF_BLOCKS.test(text) ? [text] : []));
  if (texts.length === 0) return undefined;
  return readPinned(statements, organizationNo, [...new Set(texts.flatMap(keysIn))]);
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
