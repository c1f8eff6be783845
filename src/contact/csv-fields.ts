/**
 * The fields of one CSV record (RFC 4180); `open` when its last quote is still to be closed, `broken` when a quote
 * stands where none may be.
 */
export const splitFields = (text: string, delimiter: string): readonly string[] | 'open' | 'broken' => {
  if (!text.includes('"')) return text.split(delimiter);
  const fields: string[] = [];
  for (let position = 0; ; position += delimiter.length) {
    const field = text[position] === '"' ? quotedField(text, position) : plainField(text, position, delimiter);
    if (typeof field === 'string') return field;
    fields.push(field.value);
    if (field.end === text.length) return fields;
    if (!text.startsWith(delimiter, field.end)) return 'broken';
    position = field.end;
  }
};

interface Field {
  readonly value: string;
  readonly end: number;
}

const plainField = (text: string, start: number, delimiter: string): Field | 'broken' => {
  const found = text.indexOf(delimiter, start);
  const end = found === -1 ? text.length : found;
  const value = text.slice(start, end);
  return value.includes('"') ? 'broken' : { value, end };
};

const quotedField = (text: string, start: number): Field | 'open' => {
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return 'open';
    if (text[quote + 1] !== '"') return { value: text.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    from = quote + 2;
  }
};
