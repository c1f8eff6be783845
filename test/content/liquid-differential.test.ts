import fc from 'fast-check';
import { Context, Liquid, type Template } from 'liquidjs';
import { compileLiquid, type OutputRule } from '../../src/content/liquid-block';
import { JsonPage, PlainPage } from '../../src/content/page';
import { expandBlocks } from '../../src/content-block/expand-blocks';
import { scopes } from './liquid-scopes';
import { templates } from './liquid-templates';

const RUNS = Number(process.env.RUNS ?? 1_200);
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
beforeAll(() => process.stdout.write(`liquid-differential: SEED=${SEED}\n`));

/** What became of a render: its text, or its error with line and column. */
const outcomeOf = (act: () => string): string => {
  try {
    return `text: ${act()}`;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return `${error.name}: ${error.message}`;
  }
};

const engines = [
  { name: 'html', liquid: open({ outputEscape: 'escape' }) },
  { name: 'plain', liquid: open({}) },
  { name: 'strict', liquid: open({ strictVariables: true, outputEscape: 'escape' }) },
] as const;

function open(options: ConstructorParameters<typeof Liquid>[0]) {
  return new Liquid({
    renderLimit: 60_000,
    strictFilters: true,
    timezoneOffset: 0,
    locale: 'en-US',
    ...options,
  });
}

const scopeOf = (data: object) => Object.assign(Object.create(null), structuredClone(data));

interface Manner {
  readonly memoryLimit?: number;
  readonly rule?: OutputRule;
}

function compiled(liquid: Liquid, parsed: Template[], data: object, { memoryLimit, rule }: Manner = {}): string {
  const page = new PlainPage();
  compileLiquid(parsed, rule).write(contextOf(liquid, data, memoryLimit), page);
  return page.buffer;
}

const contextOf = (liquid: Liquid, data: object, memoryLimit = ENOUGH) =>
  new Context(scopeOf(data), liquid.options, { sync: true, memoryLimit }, { liquid });

const ENOUGH = 100_000;
/** Where the limit strikes tells what was charged before. */
const memoryLimits = fc.oneof(fc.constant(ENOUGH), fc.integer({ min: 0, max: 120 }));

function orNothing<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

const parsable = (liquid: Liquid, source: string) => orNothing(() => liquid.parse(source));

const places = { link: (no: number) => `link ${no}`, pixel: () => 'pixel' };

test('a page of JSON reads as the plain page does', () => {
  const { liquid } = engines[1];
  fc.assert(
    fc.property(templates, scopes, (source, data) => {
      const parsed = parsable(liquid, source);
      const plain = parsed && orNothing(() => compiled(liquid, parsed, data));
      if (!parsed || plain === undefined) return;
      const page = new JsonPage(places);
      compileLiquid(parsed).write(contextOf(liquid, data), page);
      expect(JSON.parse(`"${page.text()}"`)).toBe(plain);
      expect(page.length).toBe(plain.length);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test('a render whose time is over ends as in liquidjs', () => {
  const liquid = open({ renderLimit: -1 });
  const parsed = liquid.parse('{% for i in (1..3) %}{{ i }}{% endfor %}');
  expect(outcomeOf(() => compiled(liquid, parsed, {}))).toBe(outcomeOf(() => liquid.renderSync(parsed, {})));
});

test('a filter that needs no arguments works out those that it is given', () => {
  const { liquid } = engines[0];
  const parsed = liquid.parse('{{ name | escape: (1..200) }}');
  const ours = outcomeOf(() => compiled(liquid, parsed, { name: 'x' }, { memoryLimit: 100 }));
  expect(ours).toBe(outcomeOf(() => liquid.renderSync(parsed, { name: 'x' }, { memoryLimit: 100 })));
});

test.each(engines)('compiled templates say what liquidjs says: $name', ({ liquid }) => {
  let rendered = 0;
  fc.assert(
    fc.property(templates, scopes, memoryLimits, (source, data, memoryLimit) => {
      const parsed = parsable(liquid, source);
      if (!parsed) return;
      rendered++;
      const expected = outcomeOf(() => liquid.renderSync(parsed, scopeOf(data), { memoryLimit }));
      expect(outcomeOf(() => compiled(liquid, parsed, data, { memoryLimit }))).toBe(expected);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(rendered).toBeGreaterThan(RUNS * 0.8);
});

test.each([engines[0], engines[1]])(
  'a strict template says what a lenient one says, or misses something: $name',
  ({ liquid }) => {
    const told = { same: 0, missed: 0 };
    fc.assert(
      fc.property(templates, scopes, (source, data) => {
        const parsed = parsable(liquid, source);
        if (!parsed) return;
        const strict = outcomeOf(() => compiled(liquid, parsed, data, { rule: 'strict' }));
        if (strict.startsWith('RenderError: nothing stands in the place of')) told.missed++;
        else {
          told.same++;
          expect(strict).toBe(outcomeOf(() => compiled(liquid, parsed, data)));
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(told.same).toBeGreaterThan(RUNS * 0.1);
    expect(told.missed).toBeGreaterThan(RUNS * 0.05);
  },
);

test('a block in a template says what its words in the same place say', () => {
  const { liquid } = engines[1];
  fc.assert(
    fc.property(templates, templates, scopes, (source, content, data) => {
      if (!parsable(liquid, source) || !parsable(liquid, content) || content === '') return;
      const block = { id: 'blk_1', version: 1, kind: 'plain', content } as const;
      const whole = expandBlocks(`${source}{{ blocks.one }}${source}`, {
        dialect: 'plain',
        path: 'x',
        blocks: { one: block },
      });
      expect(whole).toBe(`${source}${content}${source}`);
      const parsed = parsable(liquid, whole);
      expect(parsed).toBeDefined();
      if (!parsed) return;
      const expected = outcomeOf(() => liquid.renderSync(parsed, scopeOf(data), { memoryLimit: ENOUGH }));
      expect(outcomeOf(() => compiled(liquid, parsed, data))).toBe(expected);
    }),
    { numRuns: RUNS / 4, seed: SEED },
  );
});
