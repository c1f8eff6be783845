import type { Dialect } from '../content/liquid-engine';
import { canonicalLocale } from '../content/locale-choice';
import { expandBlocks, type PinnedBlocks } from '../content-block/expand-blocks';
import { DomainError } from '../shared/errors';
import { languageOfGiven } from './payload-language';

/** The same content for readers of another language. */
export interface LocaleContent {
  readonly locale: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** What content took from beside it when it was saved: with it, the content means the same for ever. */
export interface Pinned {
  readonly blocks?: PinnedBlocks;
  /** Whoever lacks what it shows gets nothing. */
  readonly strict?: true;
  /** Where relative addresses of images lead. */
  readonly assetBaseUrl?: string;
  /** Those in styles, too: content that was saved before that has them as they were. */
  readonly assetStyles?: true;
  /** Where the assets are that it names, by `asset:` and their ids. */
  readonly assets?: Readonly<Record<string, string>>;
  /** What stands in for pictures, by their addresses. */
  readonly images?: Readonly<Record<string, string>>;
}

/** Content of any medium: the fields of the medium, and what every medium's content may have beside them. */
export interface WholeContent {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The language of `fields`, where its author says. */
  readonly locale?: string;
  readonly locales: readonly LocaleContent[];
  readonly pinned: Pinned;
}

/** Content as it is given or kept, parted. */
export function partsOf(content: Readonly<Record<string, unknown>>): WholeContent {
  const { locale, locales, pinned, ...fields } = content as Partial<WholeContent>;
  return { fields, ...(locale !== undefined && { locale }), locales: locales ?? [], pinned: pinned ?? {} };
}

/** Whether it is more than the fields of its medium. */
export const isWhole = (content: unknown): content is Readonly<Record<string, unknown>> =>
  typeof content === 'object' &&
  content !== null &&
  ('locale' in content || 'locales' in content || 'pinned' in content);

/** Where the channel of the content at `path` stands. */
const channelPath = (path: string): string => path.replace(/(?:^|\.)content$/, '');

const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** Where the content of a locale stands, beside that of everybody at `path`. */
export const localePath = (path: string, index: number): string => below(channelPath(path), `locales[${index}]`);

/** Tags of content in their one spelling. */
export interface Tags {
  /** Of `fields`. */
  readonly own?: string;
  readonly others: readonly string[];
}

/** Refuses what is no tag, and one that is there already. */
export function checkLocales({ locale, locales }: WholeContent, path: string): Tags {
  const own = locale === undefined ? undefined : spelled(locale, below(channelPath(path), 'locale'));
  const seen = new Set(own === undefined ? [] : [own]);
  const others = locales.map((one, index) => {
    const place = `${localePath(path, index)}.locale`;
    const tag = spelled(one.locale, place);
    if (seen.has(tag)) throw new DomainError('CONTENT_INVALID', `there is content for ${tag} already`, place);
    seen.add(tag);
    return tag;
  });
  return { ...(own !== undefined && { own }), others };
}

function spelled(tag: string, path: string): string {
  const canonical = canonicalLocale(tag);
  if (canonical !== undefined) return canonical;
  throw new DomainError('CONTENT_INVALID', 'a locale is a tag of BCP 47, such as pt-BR', path);
}

/** What the words of a field are written in. */
function dialectOf(field: string, { headers }: WholeContent['fields']): Dialect {
  if (field === 'html') return 'html';
  return field === 'payloadTemplate' ? languageOfGiven(headers) : 'plain';
}

/** The fields with each block in its place. */
export const withBlocks = (fields: WholeContent['fields'], { blocks = {} }: Pinned, path: string) =>
  mapTexts(fields, path, (text, field, place) =>
    expandBlocks(text, { dialect: dialectOf(field, fields), path: place, blocks }),
  );

type EachText = (text: string, field: string, path: string) => string;

/** The same object with every text in it made another; `field` is the name that it stands under. */
function mapTexts(fields: Readonly<Record<string, unknown>>, path: string, each: EachText): Record<string, unknown> {
  const mapped = (value: unknown, field: string, place: string): unknown => {
    if (typeof value === 'string') return each(value, field, place);
    if (Array.isArray(value)) return value.map((one, index) => mapped(one, field, `${place}[${index}]`));
    if (typeof value === 'object' && value !== null) return mapTexts({ ...value }, place, each);
    return value;
  };
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, mapped(value, name, `${path}.${name}`)]),
  );
}

/** A text as its author wrote it, and where it stands. */
export interface PlacedText {
  readonly text: string;
  readonly path: string;
}

/** Every text of these fields. */
export function textsIn(fields: WholeContent['fields'], path: string): readonly PlacedText[] {
  const found: PlacedText[] = [];
  mapTexts(fields, path, (text, _, place) => {
    found.push({ text, path: place });
    return text;
  });
  return found;
}

/** Every text of content, those of its locales too; `path` is where in the input it stands. */
export function textsOf(content: Readonly<Record<string, unknown>>, path: string): readonly PlacedText[] {
  const { fields, locales } = partsOf(content);
  const others = locales.flatMap((one, index) => textsIn(one.content, `${localePath(path, index)}.content`));
  return [...textsIn(fields, path), ...others];
}
