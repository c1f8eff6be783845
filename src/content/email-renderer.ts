import { isNativeError } from 'node:util/types';
import type { CompiledEmail } from './compiled-email';
import type { LiquidProgram } from './liquid-block';
import { LiquidEngine } from './liquid-engine';
import { JsonPage, PlainPage } from './page';
import type { NotRendered, RenderedJson, RenderFailure, WorkerJob } from './render-job';
import { type TrackedAct, type TrackingKeys, trackingTokens } from './tracking-token';

/** Characters of one part; a mail this long is cut off by every client. */
const MAX_OUTPUT = 1_000_000;

interface Programs {
  readonly compiled: CompiledEmail;
  readonly subject: LiquidProgram;
  readonly html: LiquidProgram;
  readonly text: LiquidProgram;
  /** The end of each mail's JSON: fields that are the same for everybody. */
  readonly sameForAll: string;
  readonly viewUrl: boolean;
}

/** Renders mails from content that it has learned; each template is compiled once. Runs in the worker. */
export class EmailRenderer {
  readonly #engines = { html: new LiquidEngine('html'), plain: new LiquidEngine('plain') };
  readonly #learned = new Map<string, CompiledEmail>();
  readonly #programs = new Map<string, Programs>();

  constructor(
    private readonly publicUrl: string,
    private readonly keys: TrackingKeys,
  ) {}

  learn(hash: string, compiled: CompiledEmail): void {
    this.#learned.set(hash, compiled);
  }

  forget(hash: string): void {
    this.#learned.delete(hash);
    this.#programs.delete(hash);
  }

  /** Never throws: what fails fails for its own message. */
  render(job: WorkerJob): RenderedJson {
    const first = this.#try(job);
    // A pause of the whole process runs the template's clock out as well: once more tells the two apart.
    return !first.ok && first.reason === 'limit_exceeded' ? this.#try(job) : first;
  }

  #try(job: WorkerJob): RenderedJson {
    try {
      return this.#render(this.#compile(job.hash), job);
    } catch (error) {
      const message = isNativeError(error) ? error.message : 'unknown';
      return failed(/limit exceeded/.test(message) ? 'limit_exceeded' : 'template_failed', message.slice(0, 300));
    }
  }

  // Compiled within a job, so that a template that harms the parser is found like one that harms the render.
  #compile(hash: string): Programs {
    const known = this.#programs.get(hash);
    if (known) return known;
    const compiled = this.#learned.get(hash);
    if (!compiled) throw new Error(`content ${hash} is not known to the renderer`);
    const { senderName, senderEmail, replyTo } = compiled;
    const programs: Programs = {
      compiled,
      subject: this.#engines.plain.compile(compiled.subject),
      html: this.#engines.html.compile(compiled.html),
      text: this.#engines.plain.compile(compiled.text),
      sameForAll: endOfJson({ senderName, senderEmail, replyTo }),
      viewUrl: compiled.variables.includes('view_in_browser_url'),
    };
    this.#programs.set(hash, programs);
    return programs;
  }

  #render(programs: Programs, job: WorkerJob): RenderedJson {
    const urls = new MessageUrls(this.publicUrl, trackingTokens(this.keys, job.messageId), job);
    const unsubscribeUrl = urls.of('u', 'unsubscribe');
    const scope = scopeOf(job, unsubscribeUrl, programs.viewUrl ? urls.of('v', 'view') : undefined);
    const written = (no: number) => programs.compiled.links[no - 1];
    const subject = new PlainPage();
    const html = new JsonPage({ link: (no) => urls.click(no) ?? written(no)?.href ?? '', pixel: () => urls.pixel() });
    const text = new JsonPage({ link: (no) => urls.click(no) ?? written(no)?.url ?? '', pixel: () => '' });
    this.#engines.plain.run(programs.subject, scope, job.renderTime, subject);
    this.#engines.html.run(programs.html, scope, job.renderTime, html);
    this.#engines.plain.run(programs.text, scope, job.renderTime, text);
    if (html.length + text.length > MAX_OUTPUT) return failed('too_large', `over ${MAX_OUTPUT} characters`);
    const words = JSON.stringify({ subject: oneLine(subject.buffer), unsubscribeUrl }).slice(0, -1);
    return { ok: true, json: `${words},"html":"${html.text()}","text":"${text.text()}"${programs.sameForAll}` };
  }
}

/** The addresses at our door that one message holds; html and text share them. */
class MessageUrls {
  readonly #clicks: string[] = [];

  constructor(
    private readonly publicUrl: string,
    private readonly token: (act: TrackedAct, link?: number) => string,
    private readonly job: WorkerJob,
  ) {}

  of(place: string, act: TrackedAct, link?: number): string {
    return `${this.publicUrl}/${place}/${this.token(act, link)}`;
  }

  /** Undefined where clicks are not tracked. */
  click(no: number): string | undefined {
    if (!this.job.trackClicks) return undefined;
    this.#clicks[no] ??= this.of('t/c', 'click', no);
    return this.#clicks[no];
  }

  pixel(): string {
    if (!this.job.trackOpens) return '';
    return `<img src="${this.of('t/o', 'open')}" width="1" height="1" alt="" style="display:none">`;
  }
}

// Without a prototype there is nothing to reach through it.
const scopeOf = ({ variables }: WorkerJob, unsubscribeUrl: string, viewUrl: string | undefined): object =>
  Object.assign(Object.create(null), variables, { unsubscribe_url: unsubscribeUrl, view_in_browser_url: viewUrl });

// A line break from a person's data must not begin another header.
const oneLine = (text: string): string => text.replace(/[\r\n\0\u2028\u2029]+/g, ' ').trim();

/** The end of a JSON object that has other fields before these. */
function endOfJson(fields: Readonly<Record<string, string | undefined>>): string {
  const json = JSON.stringify(fields);
  return json === '{}' ? '}' : `,${json.slice(1)}`;
}

const failed = (reason: RenderFailure, message: string): NotRendered => ({ ok: false, reason, message });
