import { isStorable } from '../shared/storable-text';

/** Most characters of an organization's own id of a person. */
export const longestExternalId = 255;

/**
 * An organization's own id of a person, as the directory keeps it: without the blanks around it, which a list that was
 * pasted brings along. Nothing where nobody can have that id.
 */
export function readExternalId(given: string): string | undefined {
  const id = given.trim();
  const isOne = id !== '' && id.length <= longestExternalId && isStorable(id) && !CONTROL.test(id);
  return isOne ? id : undefined;
}

const CONTROL = /[\p{Control}\u2028\u2029]/u;
