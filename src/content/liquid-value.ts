import { isNativeError } from 'node:util/types';
import {
  type Context,
  type Expression,
  evalToken,
  type Filter,
  filters,
  type PropertyAccessToken,
  type Token,
  TypeGuards,
  toValue,
  toValueSync,
  UndefinedVariableError,
  type Value,
} from 'liquidjs';
import { binaryOperator, not } from './liquid-operator';
import { type FilterHandler, filterTokenOf, findScope, handlerOf, readProperty } from './liquid-private';

/** A value of a template, worked out for one render. */
export type Evaluate = (context: Context) => unknown;
type Change = (value: unknown, context: Context) => unknown;

/** A value with its filters. These are liquidjs's own functions: what they do, charge and refuse stays theirs. */
export function compileValue({ initial, filters }: Value): Evaluate {
  const first = compileExpression(initial);
  const changes = filters.map(compileFilter);
  if (changes.length === 0) return first;
  return (context) => {
    let value = first(context);
    for (const change of changes) value = change(value, context);
    return value;
  };
}

/** A single operand. What is rare is left to liquidjs. */
export function compileToken(token: Token | undefined): Evaluate {
  if (token && 'content' in token) {
    const { content } = token;
    return () => content;
  }
  if (TypeGuards.isPropertyAccessToken(token) && !token.variable) return compilePath(token);
  return (context) => toValueSync(evalToken(token, context));
}

/** Finishes what liquidjs left unfinished: some of its values are generators. */
export const settled = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? toValueSync(value) : value;

// A malformed expression has more values than its operators join, or fewer: liquidjs then takes the first of them.
const compileExpression = (expression: Expression): Evaluate =>
  joined(expression.postfix) ?? ((context) => toValueSync(expression.evaluate(context)));

// No operand is skipped, for liquidjs skips none: one of them may be what exceeds a limit.
function joined(postfix: readonly Token[]): Evaluate | undefined {
  const operands: Evaluate[] = [];
  for (const token of postfix) {
    const operand = TypeGuards.isOperatorToken(token) ? join(operands, token.operator) : compileToken(token);
    if (!operand) return undefined;
    operands.push(operand);
  }
  return operands.length === 1 ? operands[0] : undefined;
}

function join(operands: Evaluate[], operator: string): Evaluate | undefined {
  const right = operands.pop();
  if (!right) return undefined;
  if (operator === 'not') return (context) => not(right(context), context);
  const left = operands.pop();
  if (!left) return undefined;
  const apply = binaryOperator(operator);
  return (context) => apply(left(context), right(context), context);
}

function compileFilter(filter: Filter): Change {
  const [handler, token] = [handlerOf(filter), filterTokenOf(filter)];
  const args = filter.args.map(compileArgument);
  if (handler === filters.escape && args.length === 0) return escaping(handler, token);
  const self = (context: Context) => ({ context, token, liquid: context.liquid });
  const [only] = args;
  if (!only) return (value, context) => settled(handler.call(self(context), value));
  if (args.length === 1) return (value, context) => settled(handler.call(self(context), value, only(context)));
  return (value, context) => settled(handler.call(self(context), value, ...args.map((arg) => arg(context))));
}

// Most values hold nothing to escape. They are charged as the filter charges them.
function escaping(handler: FilterHandler, token: Token): Change {
  return (value, context) => {
    if (typeof value !== 'string' || /[&<>"']/.test(value))
      return handler.call({ context, token, liquid: context.liquid }, value);
    context.memoryLimit.use(value.length);
    return value;
  };
}

function compileArgument(argument: Filter['args'][number]): Evaluate {
  if (!Array.isArray(argument)) return compileToken(argument);
  const [name, token] = argument;
  const value = compileToken(token);
  return (context) => [name, value(context)];
}

function compilePath(token: PropertyAccessToken): Evaluate {
  const read = compileRead(token.props);
  return (context) => {
    // Only liquidjs knows which part of a path is undefined, and says so.
    if (context.strictVariables) return toValueSync(evalToken(token, context));
    return read(context, token);
  };
}

function compileRead(props: readonly Token[]): (context: Context, token: Token) => unknown {
  const keys = props.map((prop) => compileToken(prop));
  if (!props.every((prop) => 'content' in prop))
    return (context, token) =>
      readPath(
        context,
        keys.map((key) => settled(toValue(key(context)))),
        token,
      );
  const path = props.map((prop) => ('content' in prop ? toValue(prop.content) : undefined));
  return (context, token) => readPath(context, path, token);
}

function readPath(context: Context, path: readonly unknown[], token: Token): unknown {
  try {
    let value = findScope(context, path[0]);
    for (const key of path) value = settled(readProperty(context, value, key));
    return value;
  } catch (error) {
    throw new UndefinedVariableError(asError(error), token);
  }
}

/** An error of ours or of the engine; a thread of its own has an `Error` of its own. */
export const asError = (error: unknown): Error => (isNativeError(error) ? error : new Error(String(error)));
