import { Context, Liquid, type Template } from 'liquidjs';
import { compileLiquid, type LiquidProgram, type OutputRule } from './liquid-block';
import { insideJson, type Page, textOf } from './page';

/** Limits of one render of one template. One that runs out is tried once more: both together are within P-37's 200 ms. */
export const RENDER_LIMIT_MS = 100;
const MEMORY_LIMIT = 2_000_000;
const PARSE_LIMIT = 300_000;

// They read other templates, and ours stand alone.
const NO_TAGS = ['include', 'render', 'layout', 'block'];
// The same key must always carry the same body, so nothing may be drawn by lot.
const NO_FILTERS = ['sample', 'shuffle'];

/** What a value is escaped for: nothing in plain text. */
export type Dialect = 'html' | 'plain' | 'json';

const escapes = {
  html: { outputEscape: 'escape' as const },
  plain: {},
  json: { outputEscape: (value: unknown) => insideJson(textOf(value)) },
};

/** Liquid with limits, without files, without chance, and with the message's own time for `now`. */
export class LiquidEngine {
  readonly #liquid: Liquid;
  #renderTime = new Date(0);

  constructor(dialect: Dialect) {
    this.#liquid = new Liquid({
      templates: {},
      parseLimit: PARSE_LIMIT,
      renderLimit: RENDER_LIMIT_MS,
      memoryLimit: MEMORY_LIMIT,
      ownPropertyOnly: true,
      strictFilters: true,
      dynamicPartials: false,
      relativeReference: false,
      timezoneOffset: 0,
      locale: 'en-US',
      ...escapes[dialect],
    });
    for (const tag of NO_TAGS) delete this.#liquid.tags[tag];
    for (const filter of NO_FILTERS) delete this.#liquid.filters[filter];
    if (dialect === 'json') this.#writeJson();
    this.#freezeTime();
  }

  /** Throws what liquidjs throws; see `templateError`. */
  parse(source: string): Template[] {
    return this.#liquid.parse(source);
  }

  /** Throws what `parse` throws. */
  compile(source: string, rule: OutputRule = 'lenient'): LiquidProgram {
    return compileLiquid(this.parse(source), rule);
  }

  /** `renderTime` is what `now` means: a repeated render of the same message says the same. */
  run(program: LiquidProgram, scope: object, renderTime: Date, page: Page): void {
    this.#renderTime = renderTime;
    program.write(new Context(scope, this.#liquid.options, { sync: true }, { liquid: this.#liquid }), page);
  }

  /** What liquidjs itself makes of a template: a program says the same. */
  render(templates: Template[], scope: object, renderTime: Date): string {
    this.#renderTime = renderTime;
    return String(this.#liquid.renderSync(templates, scope));
  }

  /** What the templates read from their scope, as paths: `attributes.segment`. */
  variables(templates: Template[]): string[] {
    return this.#liquid.globalFullVariablesSync(templates);
  }

  /** `{{ value | json }}` is JSON already, quotes and all; what is not there is null. */
  #writeJson(): void {
    const write = (value: unknown) => JSON.stringify(value) ?? 'null';
    for (const name of ['json', 'jsonify']) this.#liquid.registerFilter(name, { raw: true, handler: write });
  }

  #freezeTime(): void {
    for (const name of ['date', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string']) {
      const original = this.#liquid.filters[name];
      if (typeof original !== 'function') continue;
      const timeOf = (value: unknown) => (value === 'now' || value === 'today' ? this.#renderTime : value);
      this.#liquid.registerFilter(name, function (value: unknown, ...rest: unknown[]) {
        return original.call(this, timeOf(value), ...rest);
      });
    }
  }
}
