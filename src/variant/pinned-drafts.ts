import { pinBlocks } from '../content-block/pin-blocks';
import { speaksOfAssets } from '../medium/asset-fields';
import { type Pinned, partsOf } from '../medium/whole-content';
import type { Statements } from '../statements';
import type { ChannelDraft, VariantDraft } from './variant-draft';

/** Whose content it is, and how it is to be read. */
export interface ContentOwner {
  readonly organizationNo: number;
  /** Whoever lacks what is shown gets nothing. */
  readonly strict: boolean;
  /** Where relative addresses of images lead, unless the organization says otherwise. */
  readonly assetBaseUrl: string | undefined;
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

/** The same for one content. What it was saved with stays, but for what its campaign demands. */
export async function pinnedContent(
  statements: Statements,
  owner: ContentOwner,
  { pinned: kept, ...given }: ChannelDraft['content'],
): Promise<ChannelDraft['content']> {
  const { pinned: before } = partsOf({ pinned: kept });
  const anew = kept === undefined ? await taken(statements, owner, given) : before;
  const { strict: _, ...beside } = anew;
  const pinned = { ...beside, ...(owner.strict && { strict: true }) };
  return Object.keys(pinned).length > 0 ? { ...given, pinned } : given;
}

async function taken(statements: Statements, owner: ContentOwner, given: ChannelDraft['content']): Promise<Pinned> {
  const blocks = await pinBlocks(statements, owner.organizationNo, given);
  const inBlocks = Object.values(blocks ?? {}).map(({ content }) => content);
  const { anywhere, inStyles } = speaksOfAssets(given, inBlocks);
  const assetBaseUrl = anywhere ? await baseOf(statements, owner) : undefined;
  return {
    ...(blocks && { blocks }),
    ...(assetBaseUrl && { assetBaseUrl, ...(inStyles && { assetStyles: true }) }),
  };
}

async function baseOf(
  statements: Statements,
  { organizationNo, assetBaseUrl }: ContentOwner,
): Promise<string | undefined> {
  const [row] = await statements.execute<{ base: string | null }[]>(ownBase, [organizationNo]);
  return row?.base ?? assetBaseUrl;
}

const ownBase = `select settings ->> 'assetBaseUrl' as base from campaign.organization where org_no = ?`;
