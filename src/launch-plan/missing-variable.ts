import type { SqlParameters } from '../segment/sql-parameters';

const columns: ReadonlySet<string> = new Set(['first_name', 'last_name', 'locale', 'country']);
const ATTRIBUTE = /^attributes((?:\.[\w-]+|\[\d+\])+)$/;

/** Whether it is a variable that a person may lack: the rest is always there, or never. */
export const isPersonal = (path: string): boolean => columns.has(path) || ATTRIBUTE.test(path);

/** Whether the contact `c` has nothing for the variable: it is not there, an empty text, or an empty list. */
export function missingSql(variable: string, parameters: SqlParameters): string {
  const path = ATTRIBUTE.exec(variable)?.[1]?.match(/[\w-]+/g);
  if (!path) return `coalesce(c.${variable}, '') = ''`;
  return `coalesce(c.attributes #> ${parameters.bind(path)}::text[], 'null') in ('null'::jsonb, '""'::jsonb, '[]'::jsonb)`;
}
