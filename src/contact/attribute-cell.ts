const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/**
 * What a cell of an attribute means: `true` and `false` are booleans; what is written as a plain number of at most 15
 * digits is one; everything else is text (`007` and `+49…` lose nothing; a number that a double cannot hold neither).
 */
export const readAttribute = (cell: string): string | number | boolean => {
  if (cell === 'true' || cell === 'false') return cell === 'true';
  return cell.length <= 16 && NUMBER.test(cell) && cell.replaceAll(/\D/g, '').length <= 15 ? Number(cell) : cell;
};
