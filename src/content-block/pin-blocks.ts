import { piecesOf } from '../content/liquid-mask';
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
  const texts = textsOf(content, 'content').flatMap(({ text }) => (speaksOfBlocks(text) ? [text] : []));
  if (texts.length === 0) return undefined;
  const keys = texts.flatMap((text) => blockReferences(text).map(({ key }) => key));
  return readPinned(statements, organizationNo, [...new Set(keys)]);
}

/** Whether its Liquid does; what is no template is refused with its place when it is judged. */
function speaksOfBlocks(text: string): boolean {
  if (!text.includes('blocks')) return false;
  try {
    return piecesOf(text).some(({ liquid, begin, end }) => liquid && /\bblocks\b/.test(text.slice(begin, end)));
  } catch {
    return false;
  }
}
