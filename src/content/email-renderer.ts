import { isNativeError } from 'node:util/types';
import type { Template } from 'liquidjs';
import { type CompiledEmail, fillPlaceholders } from './compiled-email';
import { LiquidEngine } from './liquid-engine';
import type { Rendered, RenderFailure, WorkerJob } from './render-job';
import type { RenderedEmail } from './rendered-email';
import { type TrackedAct, type TrackingKeys, trackingTokens } from './tracking-token';

/** Characters of one part; a mail this long is cut off by every client. */
const MAX_OUTPUT = 1_000_000;

interface Parsed {
  readonly compiled: CompiledEmail;
  readonly subject: Template[];
  readonly html: Template[];
  readonly text: Template[];
  readonly viewUrl: boolean;
}

/** Renders mails from content that it has learned; each template is parsed once. Runs in the worker. */
export class EmailRenderer {
  readonly #engines = { html: new LiquidEngine('html'), plain: new LiquidEngine('plain') };
  readonly #learned = new Map<string, CompiledEmail>();
  readonly #parsed = new Map<string, Parsed>();

  constructor(
    private readonly publicUrl: string,
    private readonly keys: TrackingKeys,
  ) {}

  learn(hash: string, compiled: CompiledEmail): void {
    this.#learned.set(hash, compiled);
  }

  forget(hash: string): void {
    this.#learned.delete(hash);
    this.#parsed.delete(hash);
  }

  /** Never throws: what fails fails for its own message. */
  render(job: WorkerJob): Rendered {
    const first = this.#try(job);
    // A pause of the whole process runs the template's clock out as well: once more tells the two apart.
    return !first.ok && first.reason === 'limit_exceeded' ? this.#try(job) : first;
  }

  #try(job: WorkerJob): Rendered {
    try {
      const email = this.#render(this.#parse(job.hash), job);
      if (email.html.length + email.text.length > MAX_OUTPUT)
        return failed('too_large', `over ${MAX_OUTPUT} characters`);
      return { ok: true, email };
    } catch (error) {
      const message = isNativeError(error) ? error.message : 'unknown';
      return failed(/limit exceeded/.test(message) ? 'limit_exceeded' : 'template_failed', message.slice(0, 300));
    }
  }

  // Parsed within a job, so that a template that harms the parser is found like one that harms the render.
  #parse(hash: string): Parsed {
    const known = this.#parsed.get(hash);
    if (known) return known;
    const compiled = this.#learned.get(hash);
    if (!compiled) throw new Error(`content ${hash} is not known to the renderer`);
    const parsed: Parsed = {
      compiled,
      subject: this.#engines.plain.parse(compiled.subject),
      html: this.#engines.html.parse(compiled.html),
      text: this.#engines.plain.parse(compiled.text),
      viewUrl: compiled.variables.includes('view_in_browser_url'),
    };
    this.#parsed.set(hash, parsed);
    return parsed;
  }

  #render({ compiled, subject, html, text, viewUrl }: Parsed, job: WorkerJob): RenderedEmail {
    const { plain, html: escaping } = this.#engines;
    const urls = new MessageUrls(this.publicUrl, trackingTokens(this.keys, job.messageId), job);
    const unsubscribeUrl = urls.of('u', 'unsubscribe');
    const scope = scopeOf(job, unsubscribeUrl, viewUrl ? urls.of('v', 'view') : undefined);
    const written = (no: number) => compiled.links[no - 1];
    return {
      subject: oneLine(plain.render(subject, scope, job.renderTime)),
      html: fillPlaceholders(
        escaping.render(html, scope, job.renderTime),
        (no) => urls.click(no) ?? written(no)?.href ?? '',
        urls.pixel(),
      ),
      text: fillPlaceholders(
        plain.render(text, scope, job.renderTime),
        (no) => urls.click(no) ?? written(no)?.url ?? '',
        '',
      ),
      ...(compiled.senderName !== undefined && { senderName: compiled.senderName }),
      ...(compiled.senderEmail !== undefined && { senderEmail: compiled.senderEmail }),
      ...(compiled.replyTo !== undefined && { replyTo: compiled.replyTo }),
      unsubscribeUrl,
    };
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

const failed = (reason: RenderFailure, message: string): Rendered => ({ ok: false, reason, message });
