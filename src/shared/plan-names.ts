/**
 * Names under which a connection keeps statements planned, for texts that are made while running: planning one costs a
 * third of a small statement and more. Each connection keeps every plan that has a name, so there are `most` of them;
 * undefined is for a text that comes when there are as many already.
 */
export function createPlanNames(prefix: string, most: number): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= most) return known;
    const name = `${prefix}-${names.size}`;
    names.set(text, name);
    return name;
  };
}
