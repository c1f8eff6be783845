import { decodeEntities } from '../content/html-entities';
import { withoutComments } from '../content/without-comments';

/** A tag that begins an element of rendered HTML. */
export interface RenderedTag {
  readonly name: string;
  /** What it says of itself, as it is written. */
  readonly attributes: string;
}

/**
 * The tags of rendered HTML that are of these names, comments left out. Not past the next `<`: a template can make any number
 * of tags without an end, and each would be searched to the last.
 */
export const tagsOf = (html: string, names: ReadonlySet<string>): readonly RenderedTag[] =>
  [...withoutComments(html).matchAll(/<([a-z][a-z0-9]*)\b([^<>]*)>/gi)]
    .map(([, name = '', attributes = '']) => ({ name: name.toLowerCase(), attributes }))
    .filter(({ name }) => names.has(name));

const READERS = {
  alt: reader('alt'),
  href: reader('href'),
  rel: reader('rel'),
  src: reader('src'),
} as const;

function reader(name: string): RegExp {
  return new RegExp(`(?:^|[\\s"'])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i');
}

/** What a tag says under a name; undefined where it does not. */
export function attributeOf(attributes: string, name: keyof typeof READERS): string | undefined {
  const found = READERS[name].exec(attributes);
  return found ? decodeEntities(found[1] ?? found[2] ?? found[3] ?? '').trim() : undefined;
}
