/**
 * A name or a tag as it is kept: without the blanks around it, and each letter in one way, for `é` can be written in two.
 * What looks the same is the same: it is taken once, and found.
 */
export const plainWords = (text: string): string => text.trim().normalize('NFC');
