import { DomainError } from '../shared/errors';
import { readAttribute } from './attribute-cell';
import type { ContactInput } from './contact-input';
import { CellError, type Column, type Draft, PROFILE_COLUMNS } from './profile-columns';

/** How the columns of a file become contacts. */
export interface ColumnOptions {
  /** The column that holds the contact's id; else `external_id`, `user_id` or `id`. */
  readonly idColumn?: string | undefined;
  /** Columns that are not imported at all. */
  readonly omit?: readonly string[] | undefined;
  /** Attribute columns whose values stay text, whatever they look like. */
  readonly asText?: readonly string[] | undefined;
}

/** Turns the cells of a record into a contact, or says why it is none. */
export type RecordReader = (cells: readonly string[]) => ContactInput | { readonly reason: string };

/**
 * Reads a file's header. Columns named as the profile's fields (`first_name`, `firstName` and `First Name` alike) go
 * there; every other one becomes an attribute of that name.
 */
export const readHeader = (header: readonly string[], options: ColumnOptions = {}): RecordReader => {
  const names = header.map((name) => name.trim());
  const idColumn = findIdColumn(names, options.idColumn);
  checkHeader(names, options.omit ?? []);
  const columns = names.map((name) => columnOf(name, idColumn, options));
  return (cells) => readCells(columns, cells);
};

const readCells = (
  columns: readonly Column[],
  cells: readonly string[],
): ContactInput | { readonly reason: string } => {
  const draft: Draft = { externalId: '', attributes: {} };
  for (const [index, cell] of cells.entries()) {
    if (cell === '') continue;
    try {
      columns[index]?.(draft, cell);
    } catch (error) {
      if (error instanceof CellError) return { reason: error.message };
      throw error;
    }
  }
  return draft;
};

const invalidHeader = (message: string): DomainError => new DomainError('AUDIENCE_INVALID_IMPORT', message);

const findIdColumn = (names: readonly string[], wanted: string | undefined): string => {
  const found = wanted === undefined ? names.find((name) => ID_NAMES.includes(plain(name))) : wanted;
  if (found !== undefined && names.includes(found)) return found;
  throw invalidHeader(`the header has no column ${wanted ?? 'external_id'} for the contact's id`);
};

const checkHeader = (names: readonly string[], omit: readonly string[]): void => {
  for (const [index, name] of names.entries()) {
    if (name === '' || name.length > 100)
      throw invalidHeader(`column ${index + 1} has no name, or one over 100 characters`);
    if (names.indexOf(name) !== index || names.includes(`attributes.${name}`))
      throw invalidHeader(`the column ${JSON.stringify(name)} stands there twice`);
  }
  const unknown = omit.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw invalidHeader(`there is no column ${unknown.join(', ')} to omit`);
};

const columnOf = (name: string, idColumn: string, options: ColumnOptions): Column => {
  if (name === idColumn) {
    return (draft, cell) => {
      draft.externalId = cell;
    };
  }
  if (options.omit?.includes(name)) return () => undefined;
  return PROFILE_COLUMNS.get(plain(name)) ?? attributeColumn(name, options.asText?.includes(name) ?? false);
};

const plain = (name: string): string => name.toLowerCase().replaceAll(/[_\s-]/g, '');

const ID_NAMES: readonly string[] = ['externalid', 'userid', 'id'];

const attributeColumn = (column: string, asText: boolean): Column => {
  // A rule speaks of `attributes.age`: who names a column so means the same.
  const name = column.replace(/^attributes\.(?=.)/, '');
  const read = asText ? (cell: string): unknown => cell : readAttribute;
  // Defined, not assigned: an attribute may be called __proto__.
  return (draft, cell) => {
    Object.defineProperty(draft.attributes, name, {
      value: read(cell),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  };
};
