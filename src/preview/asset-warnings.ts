import { namesAsset } from '../content/asset-reference';
import { isRenderedEmail, type RenderedContent } from '../content/rendered-content';
import { type ContentWarning, when } from './content-warning';
import { textAt } from './shown-content';

// One blank at most on each side of a quote: pages are searched in a moment, whatever they hold.
const IN_PAGE = /[=(]\s?["']?\s?(asset:[^\s"'()<>]*)/gi;
const IN_FIELDS = ['imageUrl', 'icon', 'actionUrl'];

/** Assets that are still named in what a person would get, where nobody can look them up any more. */
export const assetWarnings = (content: RenderedContent): readonly ContentWarning[] =>
  namedIn(content).flatMap((name) =>
    when(
      true,
      'ASSET_UNRESOLVED',
      `${name.slice(0, 100)} leads nowhere: write it into the content, in the place of an address`,
    ),
  );

function namedIn(content: RenderedContent): readonly string[] {
  if (isRenderedEmail(content)) return [...new Set([...content.html.matchAll(IN_PAGE)].map(([, name = '']) => name))];
  return IN_FIELDS.map((name) => textAt(content.fields, [name])).filter(namesAsset);
}
