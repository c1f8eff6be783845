import type { CompiledContent } from '../content/compiled-content';
import { refuseOtherUses } from '../content-block/other-uses';
import { contentHash } from '../shared/canonical-json';
import type { ChannelKind } from '../shared/ledger-codes';
import { withAssets } from './asset-fields';
import { localized } from './localized-content';
import type { CheckedContent, ContentRules, Medium } from './medium';
import { judgeStrict } from './strict-content';
import { checkLocales, localePath, partsOf, textsIn, type WholeContent, withBlocks } from './whole-content';

/** Content as it is given or kept, and its medium. */
export interface GivenContent {
  readonly kind: ChannelKind;
  readonly content: Readonly<Record<string, unknown>>;
  readonly rules: ContentRules;
}

/**
 * Judges content that has blocks in it or is written in several languages. What is kept is what its author wrote, with
 * the blocks beside it: read again, it comes to the same.
 */
export function readWhole(medium: Medium, { kind, content, rules }: GivenContent, path: string): CheckedContent {
  const whole = partsOf(content);
  const tags = checkLocales(whole, path);
  const read = (fields: WholeContent['fields'], place: string) =>
    readFilled((filled) => medium.read(filled, place, rules), { fields, pinned: whole.pinned, path: place });
  const own = read(whole.fields, path);
  const others = whole.locales.map((one, index) => ({
    locale: tags.others[index] ?? '',
    ...read(medium.inherit?.(whole.fields, one.content) ?? one.content, `${localePath(path, index)}.content`),
  }));
  const source = {
    ...own.source,
    ...whole.fields,
    ...(tags.own !== undefined && { locale: tags.own }),
    ...(tags.others.length > 0 && {
      locales: whole.locales.map((one, index) => ({ ...one, locale: tags.others[index] ?? '' })),
    }),
    ...(Object.keys(whole.pinned).length > 0 && { pinned: whole.pinned }),
  };
  const compiled = localized(own.compiled, others);
  if (whole.pinned.strict) judgeStrict(kind, compiled, { content, path });
  return { source, compiled: whole.pinned.strict ? strictly(compiled) : compiled, hash: contentHash({ kind, source }) };
}

/** Read so by whoever renders it, in each of its languages. */
function strictly(compiled: CompiledContent): CompiledContent {
  const locales = Object.entries(compiled.locales ?? {}).map(([locale, one]) => [locale, { ...one, strict: true }]);
  return { ...compiled, strict: true, ...(compiled.locales && { locales: Object.fromEntries(locales) }) };
}

interface Unfilled extends Pick<WholeContent, 'fields' | 'pinned'> {
  readonly path: string;
}

function readFilled(read: (fields: WholeContent['fields']) => CheckedContent, { fields, pinned, path }: Unfilled) {
  const checked = read(withAssets(withBlocks(fields, pinned, path), pinned));
  refuseOtherUses(checked.compiled.variables, textsIn(fields, path));
  return checked;
}
