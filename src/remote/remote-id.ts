import { isStorable } from '../shared/storable-text';

/** Names of a folder in a path, however they are encoded: as an id they would lead to another question. */
const folders: ReadonlySet<string> = new Set(['.', '..']);

/** Whether a text may be the id of something that another service keeps. It becomes one part of the path of a question. */
export const isRemoteId = (id: string, longest: number): boolean =>
  id.trim() !== '' && id.length <= longest && isStorable(id) && !folders.has(id);
