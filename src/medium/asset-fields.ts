import { absoluteAsset, absoluteAssets } from '../content/asset-urls';
import { textsOf, type WholeContent } from './whole-content';

/** The fields with whole addresses of images (BR-CAM-008.4). */
export function withAssets(fields: WholeContent['fields'], base: string | undefined): WholeContent['fields'] {
  if (base === undefined) return fields;
  const { html, imageUrl, icon } = fields;
  return {
    ...fields,
    ...(typeof html === 'string' && { html: absoluteAssets(html, base) }),
    ...(typeof imageUrl === 'string' && { imageUrl: absoluteAsset(imageUrl, base) }),
    // Without a slash it is a name that the application knows.
    ...(typeof icon === 'string' && icon.includes('/') && { icon: absoluteAsset(icon, base) }),
  };
}

/** Whether content, or a block in it, may have an image whose address is relative. */
export const speaksOfAssets = (content: Readonly<Record<string, unknown>>, blocks: readonly string[]): boolean =>
  textsOf(content, 'content').some(({ text, path }) =>
    OF_IMAGE.test(path) ? isRelative(text) : RELATIVE.test(text),
  ) || blocks.some((text) => RELATIVE.test(text));

const OF_IMAGE = /\.(?:imageUrl|icon)$/;
const RELATIVE = /(?:src|srcset|background|poster|href)\s*=\s*["']?\s*(?!["']|[a-z][a-z0-9+.-]*:|\/\/|[#?]|\{[{%])/i;

const isRelative = (address: string): boolean => absoluteAsset(address, 'https://base.example/') !== address;
