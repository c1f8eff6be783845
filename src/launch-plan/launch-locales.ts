import { localeChooser } from '../content/locale-choice';
import { CHANNEL, type ChannelKind } from '../shared/ledger-codes';

/** Content in several languages, and who gets it. */
export interface LocalizedContent {
  readonly variantNo: number;
  readonly variantId: string;
  readonly channel: ChannelKind;
  /** The language of what everybody else gets, where its author says. */
  readonly own: string | undefined;
  readonly offered: readonly string[];
}

/** People who would be sent to, and read one language. */
export interface Readers {
  readonly variant_no: number | null;
  readonly channel: number;
  readonly locale: string | null;
  readonly n: number;
}

/** How many people would get a content in which language; null: in that of everybody. */
export interface PlannedLocale {
  readonly variantId: string;
  readonly channel: ChannelKind;
  readonly locale: string | null;
  readonly people: number;
}

/** Readers of a language that a content is not written in. */
export interface MissingLocale {
  readonly language: string;
  readonly people: number;
  readonly of: number;
}

/** As many languages as somebody looks at. */
const MOST_LANGUAGES = 20;

/** Who gets what, the most read first. */
export function plannedLocales(readers: readonly Readers[], contents: readonly LocalizedContent[]): PlannedLocale[] {
  return contents.flatMap(({ variantNo, variantId, channel, offered }) => {
    const choose = localeChooser(offered);
    const counts = sums(readersOf(readers, variantNo, channel), ({ locale }) => choose(locale) ?? null);
    return [...counts].map(([locale, people]) => ({ variantId, channel, locale, people })).sort(byPeople);
  });
}

/** Whom no language of their content is meant for, the most first; who reads no language that we know lacks none. */
export function missingLocales(readers: readonly Readers[], contents: readonly LocalizedContent[]): MissingLocale[] {
  const missed = new Map<string, number>();
  let of = 0;
  for (const { variantNo, channel, own, offered } of contents) {
    const choose = localeChooser(own === undefined ? offered : [...offered, own]);
    const counts = sums(readersOf(readers, variantNo, channel), ({ locale }) =>
      choose(locale) ? '' : languageOf(locale),
    );
    for (const [language, people] of counts) {
      of += people;
      if (language !== '') missed.set(language, (missed.get(language) ?? 0) + people);
    }
  }
  const told = [...missed].map(([language, people]) => ({ language, people, of }));
  return told.sort(byPeople).slice(0, MOST_LANGUAGES);
}

const readersOf = (readers: readonly Readers[], no: number, kind: ChannelKind) =>
  readers.filter(({ variant_no, channel }) => variant_no === no && channel === CHANNEL[kind]);

function sums<Key>(readers: readonly Readers[], keyOf: (one: Readers) => Key): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  for (const one of readers) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + one.n);
  return counts;
}

const languageOf = (locale: string | null): string => locale?.split(/[-_]/, 1)[0]?.toLowerCase() ?? '';

const byPeople = (one: { readonly people: number }, other: { readonly people: number }): number =>
  other.people - one.people;
