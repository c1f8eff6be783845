/** A language tag in its one spelling: `PT_br.UTF-8` is `pt-BR`. Undefined for what is no tag. */
export function canonicalLocale(tag: string): string | undefined {
  const bare = tag.trim().split(/[.@]/, 1)[0]?.replaceAll('_', '-') ?? '';
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i.test(bare) || bare.length > MOST_CHARACTERS) return undefined;
  try {
    return new Intl.Locale(bare).baseName;
  } catch {
    return undefined;
  }
}

const MOST_CHARACTERS = 35;
/** Spellings of one content's readers; somebody's directory may hold any number. */
const MOST_REMEMBERED = 1_000;

/**
 * Which of the offered locales a reader gets: their own, else the nearest that says less (`zh-TW` is written in
 * `zh-Hant`, and both are `zh`), else none. The offered ones are canonical.
 */
export function localeChooser(offered: readonly string[]): (wanted: string | null | undefined) => string | undefined {
  const there = new Set(offered);
  const known = new Map<string, string | undefined>();
  return (wanted) => {
    if (wanted == null) return undefined;
    if (known.has(wanted)) return known.get(wanted);
    const found = candidates(wanted).find((candidate) => there.has(candidate));
    if (known.size < MOST_REMEMBERED) known.set(wanted, found);
    return found;
  };
}

/** The reader’s own tag, then those that say less and less: the language alone comes last. */
function candidates(wanted: string): readonly string[] {
  const canonical = canonicalLocale(wanted);
  if (canonical === undefined) return [];
  const own = new Intl.Locale(canonical);
  const { language, script, region } = own.maximize();
  // Where the reader names a script that is not the usual one, only what names it too is theirs.
  const usual = script === new Intl.Locale(language, region ? { region } : {}).maximize().script;
  const inRegion =
    region && own.region ? [`${language}-${script}-${region}`, ...(usual ? [`${language}-${region}`] : [])] : [];
  return [canonical, ...inRegion, `${language}-${script}`, language];
}
