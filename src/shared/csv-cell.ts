/**
 * A text as one cell of a CSV file. A spreadsheet takes what begins with one of these signs for a formula, so such a text
 * gets an apostrophe in front; whoever reads the file again takes it off.
 */
export function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Takes off what `csvCell` puts before a formula. */
export const withoutGuard = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);
