import { decodeEntities, escapeHtml } from './html-entities';
import type { WorkerJob } from './render-job';
import { withoutComments } from './without-comments';

/** A part of a mail as its author wrote it, in either of its languages. */
type Part = 'html' | 'text';

const VARIABLE = /\{\{[^}]*\borganization\.postal_address\b/;

/** The sender's postal address in mails of one content: what must say it and does not, says it at its end (CAN-SPAM). */
export class PostalAddress {
  #words: string | undefined;
  #lacking: ReadonlySet<Part> = new Set();

  constructor(private readonly templates: Readonly<Record<Part, string>>) {}

  /** What to add to a part; nothing where nothing is demanded, or its author said it. */
  lackingIn(part: Part, job: WorkerJob): string | undefined {
    if (!job.addressDemanded) return undefined;
    const words = wordsOf(job);
    if (words !== this.#words) this.#compare(words);
    return words !== undefined && this.#lacking.has(part) ? words : undefined;
  }

  // Once for each address: an execution has one.
  #compare(words: string | undefined): void {
    this.#words = words;
    const parts = (['html', 'text'] as const).filter((part) => !says(this.templates[part], words ?? ''));
    this.#lacking = new Set(parts);
  }
}

/** The address at the end of one body: where the pixel goes, which the compiler put there. */
export class BodyEnd {
  #left: string;

  constructor(words: string | undefined) {
    this.#left = words === undefined ? '' : html(words);
  }

  /** Once: a condition of its author may leave out the end of the body, and then it comes after all of it. */
  take(): string {
    const left = this.#left;
    this.#left = '';
    return left;
  }
}

const html = (words: string): string =>
  `<p dir="auto" style="font-size:12px;color:#666666;text-align:center">${escapeHtml(words).replace(/\r?\n/g, '<br>')}</p>`;

function wordsOf({ variables: { organization } }: WorkerJob): string | undefined {
  if (typeof organization !== 'object' || organization === null || !('postal_address' in organization))
    return undefined;
  const { postal_address: words } = organization;
  return typeof words === 'string' ? words : undefined;
}

function says(template: string, words: string): boolean {
  const shown = withoutComments(template);
  return VARIABLE.test(shown) || bare(decodeEntities(shown.replace(/<[^<>]*>/g, ' '))).includes(bare(words));
}

/** Letters and numbers alone: lines and commas are the author's. */
const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
