import {
  AssignTag,
  BreakTag,
  CaptureTag,
  CaseTag,
  CommentTag,
  type Context,
  ContinueTag,
  ForTag,
  IfTag,
  InlineCommentTag,
  isTruthy,
  LiquidTag,
  RawTag,
  type Template,
  toValue,
  UnlessTag,
  Value,
} from 'liquidjs';
import { compileFor } from './liquid-for';
import { binaryOperator } from './liquid-operator';
import { compileText, type Write } from './liquid-text';
import { compileToken, compileValue, type Evaluate, settled } from './liquid-value';
import { PlainPage } from './page';

/** Compiles the templates between a tag and its end. */
export type CompileBlock = (templates: readonly Template[]) => Write;

/** What a tag does, step by step as liquidjs does it. Undefined for a tag that liquidjs has to render itself. */
export function compileTag(tag: Template, block: CompileBlock): Write | undefined {
  if (tag instanceof IfTag || tag instanceof UnlessTag) return compileConditions(tag, block);
  if (tag instanceof ForTag) return compileFor(tag, block);
  if (tag instanceof CaseTag) return compileCase(tag, block);
  if (tag instanceof AssignTag) return compileAssign(tag);
  if (tag instanceof CaptureTag) return compileCapture(tag, block);
  if (tag instanceof LiquidTag) return block(tag.templates);
  if (tag instanceof RawTag) return compileText(tag.render());
  if (tag instanceof CommentTag || tag instanceof InlineCommentTag) return () => {};
  if (tag instanceof BreakTag || tag instanceof ContinueTag)
    return (context) => void tag.render(context, new PlainPage());
  return undefined;
}

function compileConditions(tag: IfTag | UnlessTag, block: CompileBlock): Write {
  const branches = tag.branches.map((branch) => ({
    condition: compileValue(branch.value),
    holds: 'test' in branch ? branch.test : isTruthy,
    write: block(branch.templates),
  }));
  const otherwise = block(tag.elseTemplates ?? []);
  return (context, page) => {
    const hit = branches.find(({ condition, holds }) => holds(plainValue(condition, context), context));
    (hit?.write ?? otherwise)(context, page);
  };
}

// Every branch that matches is written, as liquidjs has it.
function compileCase(tag: CaseTag, block: CompileBlock): Write {
  const target = compileValue(tag.value);
  const equals = binaryOperator('==');
  const branches = tag.branches.map(({ values, templates }) => ({
    values: values.map(compileToken),
    write: block(templates),
  }));
  const otherwise = block(tag.elseTemplates);
  return (context, page) => {
    const wanted = plainValue(target, context);
    let hit = false;
    for (const { values, write } of branches) {
      if (!values.some((value) => equals(wanted, value(context), context))) continue;
      write(context, page);
      hit = true;
    }
    if (!hit) otherwise(context, page);
  };
}

function compileAssign(tag: AssignTag): Write | undefined {
  const [[name], [value]] = [[...tag.localScope()], [...tag.arguments()]];
  if (typeof name !== 'object' || !(value instanceof Value)) return undefined;
  const key = name.content;
  const evaluate = compileValue(value);
  return (context) => {
    context.bottom()[key] = evaluate(context);
  };
}

function compileCapture({ variable, templates }: CaptureTag, block: CompileBlock): Write {
  const write = block(templates);
  return (context) => {
    const page = new PlainPage();
    write(context, page);
    context.bottom()[variable] = page.buffer;
  };
}

function plainValue(evaluate: Evaluate, context: Context): unknown {
  return settled(toValue(evaluate(context)));
}
