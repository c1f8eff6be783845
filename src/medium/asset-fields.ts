import { assetIdOf } from '../content/asset-reference';
import { absoluteAsset, absoluteAssets, absoluteStyles, speaksOfRelativeStyles } from '../content/asset-urls';
import { type NewAddress, replaceAddresses } from '../content/replaced-addresses';
import { type Pinned, textsOf, type WholeContent } from './whole-content';

/** The fields with the addresses that are sent: of assets, of relative images (BR-CAM-008.4) and of what stands in for pictures. */
export function withAssets(fields: WholeContent['fields'], pinned: Pinned): WholeContent['fields'] {
  const { assets, images } = pinned;
  const based = withBase(fields, pinned);
  return assets || images ? withAddresses(based, sentAddress(pinned)) : based;
}

/** The name that an asset's address is pinned under. */
export const assetKey = (id: string): string => `asset:${id}`;

const sentAddress =
  ({ assets = {}, images = {} }: Pinned): NewAddress =>
  ({ address, image }) => {
    const id = assetIdOf(address);
    const stored = id === undefined ? undefined : ownOf(assets, assetKey(id));
    return (image ? ownOf(images, stored ?? address) : undefined) ?? stored;
  };

const ownOf = (record: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

const ADDRESSES = { imageUrl: true, icon: true, actionUrl: false } as const;

/** What is to stand in a place of this field. */
type NewAddressIn = (place: Parameters<NewAddress>[0], field: string) => ReturnType<NewAddress>;

/** The fields with other addresses of assets and pictures. */
export function withAddresses(fields: WholeContent['fields'], newAddress: NewAddressIn): WholeContent['fields'] {
  const { html } = fields;
  const others = Object.entries(ADDRESSES).flatMap(([name, image]) => {
    const address = fields[name];
    const other = typeof address === 'string' ? newAddress({ address: address.trim(), image }, name) : undefined;
    return other === undefined ? [] : [[name, other] as const];
  });
  return {
    ...fields,
    ...Object.fromEntries(others),
    ...(typeof html === 'string' && { html: replaceAddresses(html, (place) => newAddress(place, 'html')) }),
  };
}

function withBase(fields: WholeContent['fields'], { assetBaseUrl: base, assetStyles }: Pinned): WholeContent['fields'] {
  if (base === undefined) return fields;
  const { html, imageUrl, icon } = fields;
  const page = typeof html === 'string' ? absoluteAssets(html, base) : undefined;
  return {
    ...fields,
    ...(page !== undefined && { html: assetStyles ? absoluteStyles(page, base) : page }),
    ...(typeof imageUrl === 'string' && { imageUrl: absoluteAsset(imageUrl, base) }),
    // Without a slash it is a name that the application knows.
    ...(typeof icon === 'string' && icon.includes('/') && { icon: absoluteAsset(icon, base) }),
  };
}

/** Whether content, or a block in it, may have an image whose address is relative, and whether in a style. */
export function speaksOfAssets(content: Readonly<Record<string, unknown>>, blocks: readonly string[]) {
  const texts = textsOf(content, 'content');
  const pages = [...texts.filter(({ path }) => !OF_IMAGE.test(path)).map(({ text }) => text), ...blocks];
  const inStyles = pages.some(speaksOfRelativeStyles);
  const elsewhere =
    pages.some((text) => RELATIVE.test(text)) ||
    texts.some(({ text, path }) => OF_IMAGE.test(path) && isRelative(text));
  return { anywhere: inStyles || elsewhere, inStyles };
}

const OF_IMAGE = /\.(?:imageUrl|icon)$/;
const RELATIVE = /(?:src|srcset|background|poster|href)\s*=\s*["']?\s*(?!["']|[a-z][a-z0-9+.-]*:|\/\/|[#?]|\{[{%])/i;

const isRelative = (address: string): boolean => absoluteAsset(address, 'https://base.example/') !== address;
