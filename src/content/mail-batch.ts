import type { NotRendered, Rendered, RenderedJson } from './render-job';
import { JsonEmail } from './rendered-email';

/** What one order made: mails one behind the other in a single buffer, which changes threads without being copied. */
export interface MailBatch {
  /** For each job the bytes of its mail, or why there is none. */
  readonly outcomes: readonly (number | NotRendered)[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Lays mails out for their way to the other thread. */
export function packMails(rendered: readonly RenderedJson[]): MailBatch {
  const sizes = rendered.map((one) => (one.ok ? Buffer.byteLength(one.json) : 0));
  const bytes = Buffer.from(new ArrayBuffer(sizes.reduce((sum, size) => sum + size, 0)));
  let at = 0;
  const outcomes = rendered.map((one) => {
    if (!one.ok) return one;
    const size = bytes.write(one.json, at);
    at += size;
    return size;
  });
  return { outcomes, bytes };
}

/** Mails in the order of their jobs. None is read yet: each is a window on the buffer. */
export function unpackMails({ outcomes, bytes }: MailBatch): Rendered[] {
  let at = 0;
  return outcomes.map((outcome) => {
    if (typeof outcome !== 'number') return outcome;
    const json = bytes.subarray(at, at + outcome);
    at += outcome;
    return { ok: true, email: new JsonEmail(json) };
  });
}
