import { LONGEST_HTML } from '../content/email-content';
import { assetKey } from '../medium/asset-fields';
import { type Pinned, partsOf, textsOf } from '../medium/whole-content';
import type { Scope } from '../scope';
import { DomainError } from '../shared/errors';
import { statementsOf } from '../statements';
import { pinnedContent } from '../variant/pinned-drafts';
import { type ChannelDraft, fieldOf, type VariantDraft } from '../variant/variant-draft';
import { assetsIn, imagesIn, languagesOf, type NamedAsset, type PlacedContent } from './assets-in-content';
import type { WantedImage } from './image-question';
import type { SaidAddresses } from './remote-addresses';

/**
 * Pins beside each content where the assets are that it names, and what stands in for its pictures, before anything is judged or
 * written: from here on nobody is asked any more.
 */
export async function fillAssets(
  scope: Scope,
  variants: readonly VariantDraft[] | undefined,
): Promise<readonly VariantDraft[] | undefined> {
  if (!variants) return undefined;
  const placed = variants.flatMap(({ channels = [] }, index) =>
    channels.map(({ kind, content }) => ({ content, path: `variants[${index}].${fieldOf(kind)}.content` })),
  );
  const filled = (await withSentAddresses(scope, placed)).values();
  const next = (channel: ChannelDraft): ChannelDraft => ({
    ...channel,
    content: filled.next().value ?? channel.content,
  });
  return variants.map((variant) => ({ ...variant, ...(variant.channels && { channels: variant.channels.map(next) }) }));
}

/** The same of contents in their order: all assets are asked for at once, and then all pictures. */
export async function withSentAddresses(
  scope: Scope,
  contents: readonly PlacedContent[],
): Promise<readonly PlacedContent['content'][]> {
  const open = await withBlocksBeside(
    scope,
    contents.filter((one) => mayHoldAddresses(scope, one)),
  );
  const sent = await withPictures(scope, await withAssetsFound(scope, open));
  const byPath = new Map(sent.map((one) => [one.path, one.content]));
  return contents.map(({ content, path }) => {
    const filled = byPath.get(path);
    // Where nothing was found nothing is pinned: the save takes its blocks as they are then.
    return filled && hasAddresses(filled) ? filled : content;
  });
}

const hasAddresses = (content: PlacedContent['content']): boolean => {
  const { assets, images } = partsOf(content).pinned;
  return assets !== undefined || images !== undefined;
};

function mayHoldAddresses({ assets: { media } }: Scope, { content, path }: PlacedContent): boolean {
  const { html, imageUrl, icon } = content;
  if (media && (html ?? imageUrl ?? icon) !== undefined) return true;
  return textsOf(content, path).some(({ text }) => /asset:|\bblocks\b/i.test(text));
}

async function withBlocksBeside(scope: Scope, contents: readonly PlacedContent[]): Promise<readonly PlacedContent[]> {
  if (contents.length === 0) return [];
  const { organizationNo } = scope.viewer;
  const owner = { organizationNo, strict: false, assetBaseUrl: scope.content.assetBaseUrl };
  return scope.read(async (tx) => {
    const pinned: PlacedContent[] = [];
    for (const { content, path } of contents)
      pinned.push({ content: await pinnedContent(statementsOf(tx), owner, content), path });
    return pinned;
  });
}

async function withAssetsFound(scope: Scope, contents: readonly PlacedContent[]): Promise<readonly PlacedContent[]> {
  const named = contents.map((placed) => ({ placed, assets: assetsIn(placed) }));
  const all = named.flatMap(({ assets }) => assets);
  if (all.length === 0) return contents;
  const found = await whereTheyAre(scope, all);
  return named.map(({ placed, assets }) => {
    const places = assets.map((asset) => [assetKey(asset.id), addressOf(asset, found)] as const);
    return places.length === 0 ? placed : pinnedTo(placed, { assets: Object.fromEntries(places) });
  });
}

async function whereTheyAre(scope: Scope, named: readonly NamedAsset[]): Promise<SaidAddresses> {
  const byId = new Map(named.map((asset) => [asset.id, asset]));
  const most = scope.content.assets;
  const [first, beyond] = [named[0], [...byId.values()][most]];
  if (beyond) throw new DomainError('CONTENT_INVALID', `more than ${most} different assets in one save`, beyond.path);
  const { storage } = scope.assets;
  if (!storage) throw new DomainError('CONTENT_ASSET_UNAVAILABLE', 'no storage service is configured', first?.path);
  return storage.of(
    scope.viewer,
    [...byId.keys()].map((key) => ({ key })),
  );
}

function addressOf({ id, path }: NamedAsset, found: SaidAddresses): string {
  const address = found.get(id);
  if (address !== undefined && address !== null) return address;
  if (address === null) throw new DomainError('CONTENT_ASSET_UNKNOWN', `the storage service has no asset ${id}`, path);
  const message = `the storage service cannot be asked where asset ${id} is, and never said so: save again in a moment`;
  throw new DomainError('CONTENT_ASSET_UNAVAILABLE', message, path);
}

/** Pictures that nothing stands in for stay as they are. */
async function withPictures(scope: Scope, contents: readonly PlacedContent[]): Promise<readonly PlacedContent[]> {
  const { media } = scope.assets;
  if (!media || contents.length === 0) return contents;
  const shown = contents.map((placed) => ({ placed, images: imagesIn(placed) }));
  const wanted = new Map(shown.flatMap(({ images }) => images.map((image) => [image.key, image] as const)));
  const found = await media.of(scope.viewer, [...wanted.values()].slice(0, scope.content.assets));
  return shown.map(({ placed, images }) => {
    const standing = images.flatMap((image) => standIn(image, found));
    const filled = pinnedTo(placed, { images: Object.fromEntries(standing) });
    return standing.length > 0 && fits(filled) ? filled : placed;
  });
}

function standIn({ key, url }: WantedImage, found: SaidAddresses): readonly (readonly [string, string])[] {
  const address = found.get(key) ?? url;
  return address === url ? [] : [[url, address]];
}

const pinnedTo = ({ content, path }: PlacedContent, more: Pinned): PlacedContent => ({
  content: { ...content, pinned: { ...partsOf(content).pinned, ...more } },
  path,
});

/** Longer addresses must not make content too long to be saved. */
const fits = (placed: PlacedContent): boolean =>
  languagesOf(placed).every(({ fields: { html } }) => typeof html !== 'string' || html.length <= LONGEST_HTML);
