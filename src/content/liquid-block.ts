import {
  type Context,
  LiquidError,
  Output,
  RenderError,
  type Template,
  TypeGuards,
  toValue,
  toValueSync,
} from 'liquidjs';
import { compileTag } from './liquid-tag';
import { compileText, type Write } from './liquid-text';
import { asError, compileValue, settled } from './liquid-value';
import { compileStrictOutput, strictEcho } from './strict-output';

interface Step {
  readonly template: Template;
  readonly write: Write;
  /** How much of the time between two looks at the clock it may take. */
  readonly weight: number;
}

/** Whether an output may show nothing. */
export type OutputRule = 'lenient' | 'strict';

/** A template as functions, and the tags that it leaves to liquidjs. */
export interface LiquidProgram {
  readonly write: Write;
  readonly interpreted: readonly string[];
}

/**
 * Compiles what liquidjs parsed. The functions work on liquidjs's own context and with its filters, so that limits are
 * charged and errors are raised where liquidjs does it; a tag that is not known here is rendered by liquidjs, on the same
 * context.
 */
export function compileLiquid(templates: readonly Template[], rule: OutputRule = 'lenient'): LiquidProgram {
  const interpreted = new Set<string>();
  const block = (inner: readonly Template[]): Write =>
    sequence(inner.map((template) => step(template, { block, interpreted, rule })));
  const write = block(templates);
  return {
    write: (context, page) => {
      lookAtClock(context);
      write(context, page);
    },
    interpreted: [...interpreted],
  };
}

interface Compilation {
  readonly block: (inner: readonly Template[]) => Write;
  readonly interpreted: Set<string>;
  readonly rule: OutputRule;
}

function step(template: Template, { block, interpreted, rule }: Compilation): Step {
  const { token } = template;
  if (TypeGuards.isHTMLToken(token)) return { template, write: compileText(token.getContent()), weight: 1 };
  if (template instanceof Output) return { template, write: outputs[rule](template), weight: 4 };
  const write = compileTag(template, block);
  if (write) return { template, write, weight: 2 };
  interpreted.add(TypeGuards.isTagToken(token) ? token.name : 'unknown');
  const written = interpret(template);
  return { template, write: rule === 'strict' ? strictEcho(template, written) : written, weight: LOOK_EVERY };
}

const LOOK_EVERY = 32;
// One render at a time, from its beginning to its end: they may share it.
let sinceLook = 0;

// Looking at the clock costs more than most steps.
function lookAtClock(context: Context): void {
  sinceLook = 0;
  context.renderLimit.check(performance.now());
}

function sequence(steps: readonly Step[]): Write {
  return (context, page) => {
    sinceLook++;
    for (const { template, write, weight } of steps) {
      sinceLook += weight;
      if (sinceLook >= LOOK_EVERY) lookAtClock(context);
      try {
        write(context, page);
      } catch (error) {
        throw LiquidError.is(error) ? error : new RenderError(asError(error), template);
      }
      if (context.breakCalled || context.continueCalled) return;
    }
  };
}

function compileOutput({ value }: Output): Write {
  const evaluate = compileValue(value);
  return (context, page) => page.write(settled(toValue(evaluate(context))));
}

const outputs = { lenient: compileOutput, strict: compileStrictOutput } as const;

const interpret =
  (template: Template): Write =>
  (context, page) => {
    const written: unknown = toValueSync(template.render(context, page));
    if (written) page.write(written);
  };
