/** Numbers as a PostgreSQL array literal: joined once, where the driver would quote every element. */
export const numberArray = (numbers: readonly (number | null)[]): string =>
  `{${numbers.map((value) => (value === null ? 'null' : value)).join(',')}}`;
