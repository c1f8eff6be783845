import type { NotRendered, RenderedJson } from './render-job';

/** What one order made: mails one behind the other in a single buffer, which changes threads without being copied. */
export interface MailBatch {
  /** For each job the bytes of its mail, or why there is none. */
  readonly outcomes: readonly (number | NotRendered)[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Lays mails out for their way to the other thread, each as soon as it is made: text that is kept until the last one is
 * copied about by the collector, which costs more than the render.
 */
export class MailPacker {
  readonly #outcomes: (number | NotRendered)[] = [];
  #bytes: Buffer<ArrayBuffer>;
  #used = 0;

  constructor(expectedBytes: number) {
    this.#bytes = Buffer.from(new ArrayBuffer(expectedBytes));
  }

  add(rendered: RenderedJson): void {
    this.#outcomes.push(rendered.ok ? this.#lay(rendered.json) : rendered);
  }

  /** Ends it: the bytes may go to another thread. */
  take(): MailBatch {
    return { outcomes: this.#outcomes, bytes: this.#bytes.subarray(0, this.#used) };
  }

  #lay(json: string): number {
    const size = Buffer.byteLength(json);
    const needed = this.#used + size;
    if (needed > this.#bytes.length) this.#bytes = Buffer.from(this.#bytes.buffer.transfer(needed * 2));
    this.#bytes.write(json, this.#used);
    this.#used = needed;
    return size;
  }
}

/** The JSON of a mail, or why there is none. */
export type Unpacked = Uint8Array | NotRendered;

/** Mails in the order of their jobs. None is read yet: each is a window on the buffer. */
export function unpackMails({ outcomes, bytes }: MailBatch): Unpacked[] {
  let at = 0;
  return outcomes.map((outcome) => {
    if (typeof outcome !== 'number') return outcome;
    const json = bytes.subarray(at, at + outcome);
    at += outcome;
    return json;
  });
}
