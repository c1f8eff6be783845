import { refuseOtherUses } from '../content-block/other-uses';
import { contentHash } from '../shared/canonical-json';
import type { ChannelKind } from '../shared/ledger-codes';
import { localized } from './localized-content';
import type { CheckedContent, Medium } from './medium';
import { checkLocales, localePath, partsOf, textsIn, type WholeContent, withBlocks } from './whole-content';

/** Content as it is given or kept, and its medium. */
export interface GivenContent {
  readonly kind: ChannelKind;
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * Judges content that has blocks in it or is written in several languages. What is kept is what its author wrote, with
 * the blocks beside it: read again, it comes to the same.
 */
export function readWhole(medium: Medium, { kind, content }: GivenContent, path: string): CheckedContent {
  const whole = partsOf(content);
  const tags = checkLocales(whole, path);
  const own = readFilled(medium, whole.fields, whole, path);
  const others = whole.locales.map((one, index) => ({
    locale: tags[index] ?? '',
    ...readFilled(
      medium,
      medium.inherit?.(whole.fields, one.content) ?? one.content,
      whole,
      `${localePath(path, index)}.content`,
    ),
  }));
  const source = {
    ...own.source,
    ...whole.fields,
    ...(whole.locale !== undefined && { locale: whole.locale }),
    ...(tags.length > 0 && { locales: whole.locales.map((one, index) => ({ ...one, locale: tags[index] ?? '' })) }),
    ...(Object.keys(whole.pinned).length > 0 && { pinned: whole.pinned }),
  };
  return { source, compiled: localized(own.compiled, others), hash: contentHash({ kind, source }) };
}

function readFilled(medium: Medium, fields: WholeContent['fields'], { pinned }: WholeContent, path: string) {
  const checked = medium.read(withBlocks(fields, pinned, path), path);
  refuseOtherUses(checked.compiled.variables, textsIn(fields, path));
  return checked;
}
