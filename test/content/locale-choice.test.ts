import { canonicalLocale, localeChooser } from '../../src/content/locale-choice';

test.each([
  ['pt-BR', 'pt-BR'],
  ['PT_br', 'pt-BR'],
  ['pt_BR.UTF-8', 'pt-BR'],
  ['zh_hant_tw', 'zh-Hant-TW'],
  ['sr-latn', 'sr-Latn'],
  ['en-US-u-ca-buddhist', 'en-US'],
  ['iw', 'he'],
  ['', undefined],
  ['C', undefined],
  ['english', undefined],
  ['de-', undefined],
  ['de--DE', undefined],
  ['💥', undefined],
  [`de-${'abcdefgh-'.repeat(10)}x`, undefined],
])('%s is spelled %s', (tag, canonical) => {
  expect(canonicalLocale(tag)).toBe(canonical);
});

test.each([
  ['pt-BR', ['pt', 'pt-BR'], 'pt-BR'],
  ['pt_br', ['pt-BR'], 'pt-BR'],
  ['pt-BR', ['pt', 'pt-PT'], 'pt'],
  ['pt-BR', ['pt-PT', 'es'], undefined],
  ['pt', ['pt-BR'], undefined],
  ['de-AT', ['de', 'en'], 'de'],
  // The script that a region writes in.
  ['zh-TW', ['zh-Hant', 'zh-Hans', 'zh'], 'zh-Hant'],
  ['zh-CN', ['zh-Hant', 'zh-Hans', 'zh'], 'zh-Hans'],
  ['zh-TW', ['zh'], 'zh'],
  ['zh-Hant-TW', ['zh-TW', 'zh'], 'zh-TW'],
  ['zh-HK', ['zh-Hant-HK', 'zh-Hant'], 'zh-Hant-HK'],
  ['sr-Latn-RS', ['sr-RS', 'sr-Latn', 'sr'], 'sr-Latn'],
  ['sr-Latn-RS', ['sr-RS'], undefined],
  ['sr-RS', ['sr-Cyrl', 'sr-Latn'], 'sr-Cyrl'],
  ['de-DE-1996', ['de-DE'], 'de-DE'],
  ['nonsense', ['en'], undefined],
  [null, ['en'], undefined],
  [undefined, ['en'], undefined],
  ['en', [], undefined],
])('of %s, offered %j, comes %s', (wanted, offered, chosen) => {
  const choose = localeChooser(offered);
  expect(choose(wanted)).toBe(chosen);
  // The second time from memory.
  expect(choose(wanted)).toBe(chosen);
});

test('any number of spellings is answered alike', () => {
  const choose = localeChooser(['de']);
  for (let n = 0; n < 3_000; n++) expect(choose(`de-x${String(n).padStart(5, '0')}`)).toBe('de');
  expect(choose('de-AT')).toBe('de');
});
