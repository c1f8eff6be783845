import type { FieldKind } from './compiled-content';

/** One person's texts of a medium that is no e-mail, as the bytes of a JSON object: a provider gets them as they are. */
export class RenderedFields {
  #read: Readonly<Record<string, unknown>> | undefined;

  constructor(
    readonly kind: FieldKind,
    readonly json: Uint8Array,
  ) {}

  /** Read at the first look. */
  get fields(): Readonly<Record<string, unknown>> {
    const read: Readonly<Record<string, unknown>> = this.#read ?? JSON.parse(new TextDecoder().decode(this.json));
    this.#read = read;
    return read;
  }
}
