import { pinBlocks } from '../content-block/pin-blocks';
import { partsOf } from '../medium/whole-content';
import type { Statements } from '../statements';
import type { ChannelDraft, VariantDraft } from './variant-draft';

/** Whose content it is, and how it is to be read. */
export interface ContentOwner {
  readonly organizationNo: number;
  /** Whoever lacks what is shown gets nothing. */
  readonly strict: boolean;
}

/** The drafts with what their contents take from beside them, as it is now. */
export async function pinnedDrafts(
  statements: Statements,
  owner: ContentOwner,
  drafts: readonly VariantDraft[],
): Promise<readonly VariantDraft[]> {
  const all: VariantDraft[] = [];
  for (const draft of drafts) {
    const channels: ChannelDraft[] = [];
    for (const channel of draft.channels ?? [])
      channels.push({ ...channel, content: await pinnedContent(statements, owner, channel.content) });
    all.push({ ...draft, channels });
  }
  return all;
}

/** The same for one content. */
export async function pinnedContent(
  statements: Statements,
  { organizationNo, strict }: ContentOwner,
  content: ChannelDraft['content'],
): Promise<ChannelDraft['content']> {
  const { blocks = await pinBlocks(statements, organizationNo, content) } = partsOf(content).pinned;
  const pinned = { ...(blocks && { blocks }), ...(strict && { strict }) };
  const { pinned: _, ...given } = content;
  return Object.keys(pinned).length > 0 ? { ...given, pinned } : given;
}
