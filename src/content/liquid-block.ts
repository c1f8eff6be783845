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

interface Step {
  readonly template: Template;
  readonly write: Write;
  /** How much of the time between two looks at the clock it may take. */
  readonly weight: number;
}

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
export function compileLiquid(templates: readonly Template[]): LiquidProgram {
  const interpreted = new Set<string>();
  const block = (inner: readonly Template[]): Write =>
    sequence(inner.map((template) => step(template, block, interpreted)));
  const write = block(templates);
  return {
    write: (context, page) => {
      lookAtClock(context);
      write(context, page);
    },
    interpreted: [...interpreted],
  };
}

function step(template: Template, block: (inner: readonly Template[]) => Write, interpreted: Set<string>): Step {
  const { token } = template;
  if (TypeGuards.isHTMLToken(token)) return { template, write: compileText(token.getContent()), weight: 1 };
  if (template instanceof Output) return { template, write: compileOutput(template), weight: 4 };
  const write = compileTag(template, block);
  if (write) return { template, write, weight: 2 };
  interpreted.add(TypeGuards.isTagToken(token) ? token.name : 'unknown');
  return { template, write: interpret(template), weight: LOOK_EVERY };
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

const interpret =
  (template: Template): Write =>
  (context, page) => {
    const written: unknown = toValueSync(template.render(context, page));
    if (written) page.write(written);
  };
