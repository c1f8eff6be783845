import { Buffer } from 'node:buffer';

/** Three parts of base64url. A JWE has five, and is nothing that we could be meant to open. */
const shape = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const longest = 8_192;

/**
 * Whether a text may be handed to the library at all: of a size that costs nothing to refuse, signed, and without a
 * name that stands twice in one object, which two readers could read differently.
 */
export function isPlausible(token: string): boolean {
  if (token.length > longest || !shape.test(token)) return false;
  const [header = '', payload = ''] = token.split('.', 2);
  return [header, payload].every((part) => !namesTwice(Buffer.from(part, 'base64url').toString()));
}

/** A text, or a sign that opens, closes or separates. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** True when one object of the JSON has a name twice. What is no JSON is for the parser to refuse. */
export function namesTwice(json: string): boolean {
  const open: Set<string>[] = [];
  let text: string | undefined;
  for (const [token] of json.matchAll(tokens)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':' && text !== undefined) {
      const names = open.at(-1);
      if (names?.has(text)) return true;
      names?.add(text);
    }
    text = token.startsWith('"') ? unescaped(token) : undefined;
  }
  return false;
}

function unescaped(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}
