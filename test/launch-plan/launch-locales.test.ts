import { missingLocales, plannedLocales, type Readers } from '../../src/launch-plan/launch-locales';
import { CHANNEL } from '../../src/shared/ledger-codes';

const read = (locale: string | null, n: number, variantNo: number | null = 1, channel = CHANNEL.email): Readers => ({
  variant_no: variantNo,
  channel,
  locale,
  n,
});
const content = { variantNo: 1, variantId: 'var_1', channel: 'email', own: 'en', offered: ['pt', 'pt-BR'] } as const;

test('readers of a content are counted by the language that each would get, the most first', () => {
  const readers = [
    read('pt-PT', 2),
    read('PT_ao', 3),
    read('pt-BR', 4),
    read('en-GB', 1),
    read('sv', 1),
    read(null, 9),
  ];
  expect(plannedLocales(readers, [content])).toEqual([
    { variantId: 'var_1', channel: 'email', locale: null, people: 11 },
    { variantId: 'var_1', channel: 'email', locale: 'pt', people: 5 },
    { variantId: 'var_1', channel: 'email', locale: 'pt-BR', people: 4 },
  ]);
});

test('those of another variant or channel, and those who wait for a variant, are no readers of it', () => {
  const readers = [read('pt', 1, 2), read('pt', 1, null), { ...read('pt', 1), channel: CHANNEL.sms }];
  expect(plannedLocales(readers, [content])).toEqual([]);
});

test('languages that nothing is written in are told, but not that of everybody, nor of who reads none that we know', () => {
  const readers = [read('sv-SE', 2), read('sv', 1), read('de', 5), read('en-US', 7), read('pt', 1), read(null, 4)];
  expect(missingLocales(readers, [content])).toEqual([
    { language: 'de', people: 5, of: 20 },
    { language: 'sv', people: 3, of: 20 },
  ]);
  const unsaid = { ...content, own: undefined };
  expect(missingLocales(readers, [unsaid]).map(({ language }) => language)).toEqual(['en', 'de', 'sv']);
});

test('no more than twenty languages are told', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const readers = letters.map((letter, n) => read(`${letter}z`, n + 1));
  expect(missingLocales(readers, [content])).toHaveLength(20);
});
