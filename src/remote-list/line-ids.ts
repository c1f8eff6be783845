import { RemoteFailure } from '../remote/remote-failure';
import { expectCount, type IdParser } from './id-stream';

/** Bytes of one line at most. */
const LONGEST_LINE = 4_096;

/** Lines of JSON: `"…"` or `{"user_id": "…"}` for each member; a last `{"count": 2}` says how many there were. */
export class LineIds implements IdParser {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #rest = '';
  #ids: string[] = [];
  #lines = 0;
  #found = 0;
  #said: number | undefined;
  readonly nextCursor = undefined;

  take(piece: Uint8Array): void {
    const lines = (this.#rest + this.#decode(piece)).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#takeLine(line);
    if (this.#rest.length > LONGEST_LINE) throw this.#garbage();
  }

  end(): void {
    this.#takeLine(this.#rest + this.#decode());
    expectCount(this.#said, this.#found);
  }

  drain(): string[] {
    const ids = this.#ids;
    this.#ids = [];
    return ids;
  }

  #decode(piece?: Uint8Array): string {
    try {
      return piece ? this.#decoder.decode(piece, { stream: true }) : this.#decoder.decode();
    } catch {
      throw this.#garbage();
    }
  }

  #takeLine(line: string): void {
    this.#lines += 1;
    if (line.trim() === '') return;
    if (this.#said !== undefined || line.length > LONGEST_LINE) throw this.#garbage();
    const said = this.#parse(line);
    if (typeof said === 'string') this.#add(said);
    else if (isObject(said) && typeof said.user_id === 'string') this.#add(said.user_id);
    else if (isObject(said) && typeof said.count === 'number') this.#said = said.count;
    else throw this.#garbage();
  }

  #parse(line: string): unknown {
    try {
      return JSON.parse(line);
    } catch {
      throw this.#garbage();
    }
  }

  #add(id: string): void {
    this.#ids.push(id);
    this.#found += 1;
  }

  // Without the line's words: they may name a person.
  #garbage(): RemoteFailure {
    return new RemoteFailure('garbage', `line ${this.#lines} of the answer is no id`);
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
