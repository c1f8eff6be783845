/** A line of a text file. */
export interface TextLine {
  readonly line: number;
  /** Without its line end; nothing when the line is too long to be kept. */
  readonly text: string | undefined;
  readonly end: string;
}

/** The lines of the source, numbered from 1; of one longer than `limit` characters only its number is kept. */
export async function* readLines(source: AsyncIterable<Uint8Array | string>, limit: number): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let number = 0;
  for await (const chunk of source) {
    const parts = (rest + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      number++;
      yield readLine(part, number, limit);
    }
    // What is cut off keeps the line too long, and the memory bounded.
    if (rest.length > limit + 2) rest = rest.slice(-limit - 2);
  }
  rest += decoder.decode();
  if (rest !== '') yield readLine(rest, number + 1, limit);
}

const readLine = (part: string, line: number, limit: number): TextLine => {
  const isWindows = part.endsWith('\r');
  const text = isWindows ? part.slice(0, -1) : part;
  return { line, end: isWindows ? '\r\n' : '\n', text: text.length > limit ? undefined : text };
};
