import { outsideGsm, smsSize } from '../../src/content/sms-segments';

/** GSM 03.38 as the standard prints it: the row is the low four bits, the column the high three. */
const table = [
  ['@', 'Δ', ' ', '0', '¡', 'P', '¿', 'p'],
  ['£', '_', '!', '1', 'A', 'Q', 'a', 'q'],
  ['$', 'Φ', '"', '2', 'B', 'R', 'b', 'r'],
  ['¥', 'Γ', '#', '3', 'C', 'S', 'c', 's'],
  ['è', 'Λ', '¤', '4', 'D', 'T', 'd', 't'],
  ['é', 'Ω', '%', '5', 'E', 'U', 'e', 'u'],
  ['ù', 'Π', '&', '6', 'F', 'V', 'f', 'v'],
  ['ì', 'Ψ', "'", '7', 'G', 'W', 'g', 'w'],
  ['ò', 'Σ', '(', '8', 'H', 'X', 'h', 'x'],
  ['Ç', 'Θ', ')', '9', 'I', 'Y', 'i', 'y'],
  ['\n', 'Ξ', '*', ':', 'J', 'Z', 'j', 'z'],
  ['Ø', undefined, '+', ';', 'K', 'Ä', 'k', 'ä'],
  ['ø', 'Æ', ',', '<', 'L', 'Ö', 'l', 'ö'],
  ['\r', 'æ', '-', '=', 'M', 'Ñ', 'm', 'ñ'],
  ['Å', 'ß', '.', '>', 'N', 'Ü', 'n', 'ü'],
  ['å', 'É', '/', '?', 'O', '§', 'o', 'à'],
] as const;
const basic = table.flat().filter((character) => character !== undefined);
const extended = ['\f', '^', '{', '}', '\\', '[', '~', ']', '|', '€'];

test('the basic table has 127 characters of one septet, and the extension ten of two', () => {
  expect(new Set(basic).size).toBe(127);
  expect(basic.map((character) => smsSize(character).units)).toEqual(basic.map(() => 1));
  expect(extended.map((character) => smsSize(character).units)).toEqual(extended.map(() => 2));
  expect(smsSize([...basic, ...extended].join(''))).toEqual({ encoding: 'GSM_7', units: 147, segments: 1 });
});

test('every other character of the basic plane makes it UCS-2, and so does every one beyond it', () => {
  const gsm = new Set<string>([...basic, ...extended]);
  for (let code = 0; code <= 0xffff; code++) {
    const character = String.fromCharCode(code);
    const encoding = gsm.has(character) ? 'GSM_7' : 'UCS_2';
    if (smsSize(character).encoding !== encoding) throw new Error(`U+${code.toString(16)} is ${encoding}`);
  }
  for (let code = 0x10000; code <= 0x10ffff; code += 0x101)
    expect(smsSize(String.fromCodePoint(code))).toEqual({ encoding: 'UCS_2', units: 2, segments: 1 });
});

test.each([
  ['nothing', '', 'GSM_7', 0, 1],
  ['one full message', 'a'.repeat(160), 'GSM_7', 160, 1],
  ['one more than that', 'a'.repeat(161), 'GSM_7', 161, 2],
  ['two full segments', 'a'.repeat(306), 'GSM_7', 306, 2],
  ['one more than those', 'a'.repeat(307), 'GSM_7', 307, 3],
  ['ten full segments', 'a'.repeat(1_530), 'GSM_7', 1_530, 10],
  ['one more than those ten', 'a'.repeat(1_531), 'GSM_7', 1_531, 11],
  ['eighty characters of two septets', '€'.repeat(80), 'GSM_7', 160, 1],
  ['eighty-one of them: a segment takes 76, for none is split', '€'.repeat(81), 'GSM_7', 162, 2],
  ['153 of them, 76 and 76 and one', '€'.repeat(153), 'GSM_7', 306, 3],
  ['one that would be split at the end of the first segment', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM_7', 306, 3],
  ['one that ends with the first segment', `${'a'.repeat(151)}€${'a'.repeat(153)}`, 'GSM_7', 306, 2],
  ['one full message of UCS-2', 'я'.repeat(70), 'UCS_2', 70, 1],
  ['one more than that of UCS-2', 'я'.repeat(71), 'UCS_2', 71, 2],
  ['two full segments of UCS-2', 'я'.repeat(134), 'UCS_2', 134, 2],
  ['one more than those of UCS-2', 'я'.repeat(135), 'UCS_2', 135, 3],
  ['thirty-five pairs', '😀'.repeat(35), 'UCS_2', 70, 1],
  ['thirty-six pairs: a segment takes 33, for none is split', '😀'.repeat(36), 'UCS_2', 72, 2],
  ['sixty-seven pairs, 33 and 33 and one', '😀'.repeat(67), 'UCS_2', 134, 3],
  ['a pair that would be split', `${'я'.repeat(66)}😀${'я'.repeat(66)}`, 'UCS_2', 134, 3],
  ['a pair that ends with the first segment', `${'я'.repeat(65)}😀${'я'.repeat(67)}`, 'UCS_2', 134, 2],
  ['one curly quote among 159 others', `${'a'.repeat(159)}’`, 'UCS_2', 160, 3],
  ['half a pair, which counts as it travels', `\ud83d${'я'.repeat(69)}`, 'UCS_2', 70, 1],
  ['a character of the extension in UCS-2 is one unit', `€${'я'.repeat(69)}`, 'UCS_2', 70, 1],
] as const)('%s', (_, text, encoding, units, segments) => {
  expect(smsSize(text)).toEqual({ encoding, units, segments });
});

/** Packs by trying every length of every segment: slow, and right by its looks. */
function packed(widths: readonly number[], each: number): number {
  let segments = 0;
  for (let from = 0; from < widths.length; segments++) {
    let to = from;
    while (to < widths.length && widths.slice(from, to + 1).reduce((a, b) => a + b, 0) <= each) to++;
    from = to;
  }
  return segments;
}

test('any mixture takes what packing it character by character takes', () => {
  let state = 7;
  const next = (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state % most;
  };
  for (let round = 0; round < 400; round++) {
    const [letters, each, alone] = round % 2 ? (['a€', 153, 160] as const) : (['я😀', 67, 70] as const);
    const characters = Array.from({ length: next(500) }, () => [...letters][next(2)] ?? '');
    const widths = characters.map((character) => (character === 'a' || character === 'я' ? 1 : 2));
    const units = widths.reduce<number>((a, b) => a + b, 0);
    const size = smsSize(characters.join(''));
    if (
      characters.some((character) => character !== 'a' && character !== '€') === (round % 2 === 0) &&
      characters.length
    )
      expect(size).toMatchObject({ units, segments: units <= alone ? 1 : packed(widths, each) });
  }
});

test('what makes it UCS-2 is named once each, pairs as one character', () => {
  expect(outsideGsm('Héllo “you” 😀 — “us” 😀')).toEqual(['“', '”', '😀', '—']);
  expect(outsideGsm('Grüße für 5 € [a]')).toEqual([]);
});
