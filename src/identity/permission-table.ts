import { RIGHTS, type Right } from '../shared/viewer';
import type { FieldRights } from './permissions';

/** The right that a field needs; nothing for a field that has no row. */
export interface PermissionTable {
  rightFor(type: string, field: string): Right | undefined;
  /** Every `Type.field` that has a row. */
  readonly rows: readonly string[];
}

/** Reads the table; a field with two rows is a mistake, as the looser one would be a hole. */
export function readPermissions(table: Readonly<Record<string, FieldRights>>): PermissionTable {
  const rights = new Map<string, Right>();
  for (const [place, right] of Object.entries(table).flatMap(([type, row]) => rowsOf(type, row))) {
    if (rights.has(place)) throw new Error(`${place} has two rows in the permission table`);
    rights.set(place, right);
  }
  return { rightFor: (type, field) => rights.get(`${type}.${field}`), rows: [...rights.keys()] };
}

function rowsOf(type: string, row: FieldRights): [string, Right][] {
  const rights = Object.keys(RIGHTS) as Right[];
  return rights.flatMap((right) => wordsOf(row[right]).map((field): [string, Right] => [`${type}.${field}`, right]));
}

const wordsOf = (text = ''): string[] => text.split(/\s+/).filter((word) => word !== '');
