/** Each connection keeps every plan that has a name. */
const NAMES = 32;

const names = new Map<string, string>();

/**
 * A name under which a connection keeps a small step's statement planned: planning it is a third of its cost. Campaigns
 * that differ in their values only have the same text. Undefined when there are too many kinds already.
 */
export function planName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= NAMES) return known;
  const name = `expand-${names.size}`;
  names.set(text, name);
  return name;
}
