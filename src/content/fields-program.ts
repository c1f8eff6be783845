import { type Beside, type CompiledField, type CompiledFields, outputRuleOf } from './compiled-content';
import { fillPlaceholders } from './compiled-email';
import { judgeField, judgeSize } from './field-judgement';
import type { LiquidProgram } from './liquid-block';
import type { MessageUrls } from './message-urls';
import { PlainPage } from './page';
import { type Engines, oneLine, type Program, scopeOf } from './program';
import { failed, type RenderedJson, type WorkerJob } from './render-job';

/** Characters of one field; it may have links that become longer, or shorter. */
const MAX_OUTPUT = 1_000_000;

interface FieldProgram extends CompiledField {
  readonly program: LiquidProgram;
}

type Tree = { [name: string]: unknown };

/** Texts in named fields as functions. */
export class FieldsProgram implements Program {
  readonly #fields: readonly FieldProgram[];
  readonly #unsubscribeUrl: boolean;
  readonly #prefixed: CompiledField | undefined;

  constructor(
    private readonly compiled: CompiledFields & Beside,
    private readonly engines: Engines,
  ) {
    const { fields, variables } = compiled;
    const rule = outputRuleOf(compiled);
    const programOf = ({ dialect, template }: CompiledField) => engines[dialect].compile(template, rule);
    this.#fields = fields.map((field) => ({ ...field, program: programOf(field) }));
    this.#unsubscribeUrl = variables.includes('unsubscribe_url');
    this.#prefixed = fields.find(({ prefix }) => prefix !== undefined);
  }

  render(job: WorkerJob, urls: MessageUrls): RenderedJson {
    if (this.compiled.kind === 'sms') urls.shorten();
    const unsubscribeUrl = this.#unsubscribeUrl ? urls.unsubscribe() : undefined;
    const scope = scopeOf(job, { unsubscribe_url: unsubscribeUrl, view_in_browser_url: undefined });
    const message: Tree = {};
    for (const field of this.#fields) {
      const text = this.#text(field, scope, { job, urls });
      if (text === undefined) return failed('too_large', `over ${MAX_OUTPUT} characters`);
      const failure = judgeField(field, text);
      if (failure) return failure;
      // What is left out by its template is left out.
      if (text !== '') put(message, field.path, text);
    }
    const json = this.#jsonOf(message);
    const failure = judgeSize(json, this.compiled.mostBytes);
    if (failure || !this.#prefixed) return failure ?? { ok: true, json };
    return { ok: true, json: this.#jsonOf(withPrefix(message, this.#prefixed)) };
  }

  #jsonOf(message: Tree): string {
    return JSON.stringify({ ...message, ...this.compiled.constants });
  }

  #text(
    { dialect, program, oneLine: isLine }: FieldProgram,
    scope: object,
    { job, urls }: Rendering,
  ): string | undefined {
    const page = new PlainPage();
    this.engines[dialect].run(program, scope, job.renderTime, page);
    // A text of any length costs nothing before it is looked at.
    if (page.buffer.length > MAX_OUTPUT) return undefined;
    const link = (no: number) => urls.click(no) ?? this.compiled.links[no - 1]?.url ?? '';
    const text = fillPlaceholders(page.buffer, link, () => '');
    return isLine ? oneLine(text) : text.trim();
  }
}

/** After everything was judged: what is tested would be refused, or not, without it. */
function withPrefix(message: Tree, { path: [name = ''], prefix = '' }: CompiledField): Tree {
  const text = message[name];
  return typeof text === 'string' ? { ...message, [name]: `${prefix}${text}` } : message;
}

interface Rendering {
  readonly job: WorkerJob;
  readonly urls: MessageUrls;
}

/** Names were checked when the content was saved: none of them reaches a prototype. */
function put(tree: Tree, [name, ...rest]: readonly string[], text: string): void {
  if (name === undefined) return;
  if (rest.length === 0) tree[name] = text;
  else {
    const inner: Tree = {};
    put(inner, rest, text);
    tree[name] = { ...(tree[name] as Tree | undefined), ...inner };
  }
}
