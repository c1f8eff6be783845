/** How an asset is named in content: `asset:ID`, or `asset://ID`. */
const SCHEME = /^asset:(?:\/\/)?/i;
/** What an id is made of: words, and what stands between them in a path or a file's name. */
const ID = /^(?!\/)[\p{L}\p{N}._~/%@+:-]{1,200}$/u;

/** Whether an address names an asset that a storage service keeps, however badly. */
export const namesAsset = (address: string): boolean => SCHEME.test(address);

/** The id of the asset that is named; nothing where the address names none, or what can be no id. */
export function assetIdOf(address: string): string | undefined {
  if (!SCHEME.test(address)) return undefined;
  const id = address.replace(SCHEME, '');
  return ID.test(id) ? id : undefined;
}
