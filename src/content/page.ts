import { type Emitter, toValue } from 'liquidjs';
import { fillPlaceholders, linkPlaceholder, pixelPlaceholder, RESERVED } from './compiled-email';

/** Words of the author, in both forms that a page may want: worked out when the template is compiled. */
export interface FixedText {
  readonly plain: string;
  readonly json: string;
}

/** What a template is written to. `write` takes values, as liquidjs's own tags do. */
export interface Page extends Emitter {
  fixed(text: FixedText): void;
  link(no: number): void;
  pixel(): void;
}

/** Plain text, for subjects and captures: what is captured may still be changed by filters, so places stay open in it. */
export class PlainPage implements Page {
  buffer = '';

  write(value: unknown): void {
    this.buffer += textOf(value);
  }

  fixed({ plain }: FixedText): void {
    this.buffer += plain;
  }

  link(no: number): void {
    this.buffer += linkPlaceholder(no);
  }

  pixel(): void {
    this.buffer += pixelPlaceholder;
  }
}

/** What goes where the compiler left a place open. */
export interface Places {
  link(no: number): string;
  pixel(): string;
}

/** The inside of a JSON string. Only what differs between people is escaped for each of them. */
export class JsonPage implements Page {
  buffer = '';
  /** Characters before they were escaped. */
  length = 0;
  #placesOpen = false;

  constructor(private readonly places: Places) {}

  write(value: unknown): void {
    const text = textOf(value);
    this.length += text.length;
    this.#placesOpen ||= RESERVED.test(text);
    this.buffer += insideJson(text);
  }

  fixed({ plain, json }: FixedText): void {
    this.length += plain.length;
    this.buffer += json;
  }

  link(no: number): void {
    this.write(this.places.link(no));
  }

  pixel(): void {
    this.write(this.places.pixel());
  }

  /** All of it. A capture, or a tag that liquidjs rendered, may have left places open. */
  text(): string {
    if (!this.#placesOpen) return this.buffer;
    return fillPlaceholders(
      this.buffer,
      (no) => insideJson(this.places.link(no)),
      () => insideJson(this.places.pixel()),
    );
  }
}

/** Both forms of a piece of the author's text. */
export const fixedText = (text: string): FixedText => ({ plain: narrow(text), json: narrow(insideJson(text)) });

// A slice of a text that holds one wide character stays wide itself, and makes every mail twice as large in memory.
const narrow = (text: string): string => Buffer.from(text).toString();

// A lone surrogate is escaped by JSON.stringify, and so is half of a pair: read back, they are one character again.
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has to escape them
const ESCAPED = /["\\\u0000-\u001F\uD800-\uDFFF]/;

/** Text as it stands between the quotes of a JSON string. */
export const insideJson = (text: string): string => (ESCAPED.test(text) ? JSON.stringify(text).slice(1, -1) : text);

/** What liquidjs writes for a value. */
export function textOf(given: unknown): string {
  const value: unknown = toValue(given);
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.map(textOf).join('') : String(value);
}
