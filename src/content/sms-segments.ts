/** How the letters of a text message travel: GSM 7-bit (GSM 03.38), or UCS-2 as soon as one of them is not in that. */
export type SmsEncoding = 'GSM_7' | 'UCS_2';

/** What a text message takes on its way. */
export interface SmsSize {
  readonly encoding: SmsEncoding;
  /** Septets of GSM 7-bit, where a character of the extension table takes two; units of 16 bits of UCS-2. */
  readonly units: number;
  readonly segments: number;
}

/** Units of a message that goes alone, and of each segment of a longer one: the rest names the segment. */
const room = { GSM_7: { alone: 160, each: 153 }, UCS_2: { alone: 70, each: 67 } } as const;

const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Encoding and segments of a text. A character of two units is never split between segments. */
export function smsSize(text: string): SmsSize {
  const characters = [...text];
  const encoding = characters.every(isGsm) ? 'GSM_7' : 'UCS_2';
  const widths = characters.map((character) => (encoding === 'UCS_2' ? character.length : gsmWidth(character)));
  const units = widths.reduce((sum, width) => sum + width, 0);
  const { alone, each } = room[encoding];
  return { encoding, units, segments: units <= alone ? 1 : segmentsOf(widths, each) };
}

/** Characters that make a text travel as UCS-2, each once, in their order. */
export const outsideGsm = (text: string): readonly string[] => [
  ...new Set([...text].filter((character) => !isGsm(character))),
];

const isGsm = (character: string): boolean => BASIC.has(character) || EXTENDED.has(character);

const gsmWidth = (character: string): number => (EXTENDED.has(character) ? 2 : 1);

function segmentsOf(widths: readonly number[], each: number): number {
  let segments = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > each) {
      segments++;
      used = 0;
    }
    used += width;
  }
  return segments;
}
