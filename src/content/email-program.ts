import { type Beside, outputRuleOf } from './compiled-content';
import type { CompiledEmail } from './compiled-email';
import type { LiquidProgram } from './liquid-block';
import type { MessageUrls } from './message-urls';
import { insideJson, JsonPage, PlainPage } from './page';
import { BodyEnd, PostalAddress } from './postal-address';
import { type Engines, oneLine, type Program, scopeOf } from './program';
import { failed, type RenderedJson, type WorkerJob } from './render-job';

/** Characters of one part; a mail this long is cut off by every client. */
const MAX_OUTPUT = 1_000_000;

/** An e-mail as functions. */
export class EmailProgram implements Program {
  readonly #subject: LiquidProgram;
  readonly #html: LiquidProgram;
  readonly #text: LiquidProgram;
  /** The end of each mail's JSON: fields that are the same for everybody. */
  readonly #sameForAll: string;
  readonly #viewUrl: boolean;
  readonly #address: PostalAddress;

  constructor(
    private readonly compiled: CompiledEmail & Beside,
    private readonly engines: Engines,
  ) {
    const { senderName, senderEmail, replyTo } = compiled;
    const rule = outputRuleOf(compiled);
    this.#subject = engines.plain.compile(compiled.subject, rule);
    this.#html = engines.html.compile(compiled.html, rule);
    this.#text = engines.plain.compile(compiled.text, rule);
    this.#sameForAll = endOfJson({ senderName, senderEmail, replyTo });
    this.#address = new PostalAddress(compiled);
    this.#viewUrl = compiled.variables.includes('view_in_browser_url');
  }

  render(job: WorkerJob, urls: MessageUrls): RenderedJson {
    const unsubscribeUrl = urls.unsubscribe();
    const scope = scopeOf(job, {
      unsubscribe_url: unsubscribeUrl,
      view_in_browser_url: this.#viewUrl ? urls.view() : undefined,
    });
    const written = (no: number) => this.compiled.links[no - 1];
    const subject = new PlainPage();
    const end = new BodyEnd(this.#address.lackingIn('html', job));
    const html = new JsonPage({
      link: (no) => urls.click(no) ?? written(no)?.href ?? '',
      pixel: () => end.take() + urls.pixel(),
    });
    const text = new JsonPage({ link: (no) => urls.click(no) ?? written(no)?.url ?? '', pixel: () => '' });
    this.engines.plain.run(this.#subject, scope, job.renderTime, subject);
    this.engines.html.run(this.#html, scope, job.renderTime, html);
    this.engines.plain.run(this.#text, scope, job.renderTime, text);
    const address = this.#address.lackingIn('text', job);
    if (address !== undefined) text.write(`\n\n${address}`);
    if (html.length + text.length > MAX_OUTPUT) return failed('too_large', `over ${MAX_OUTPUT} characters`);
    const words = JSON.stringify({ subject: oneLine(subject.buffer), unsubscribeUrl }).slice(0, -1);
    const body = html.text() + insideJson(end.take());
    return { ok: true, json: `${words},"html":"${body}","text":"${text.text()}"${this.#sameForAll}` };
  }
}

/** The end of a JSON object that has other fields before these. */
function endOfJson(fields: Readonly<Record<string, string | undefined>>): string {
  const json = JSON.stringify(fields);
  return json === '{}' ? '}' : `,${json.slice(1)}`;
}
