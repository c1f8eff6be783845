import { type Context, isTruthy, toValue, toValueSync } from 'liquidjs';

type Operator = (left: unknown, right: unknown, context: Context) => unknown;

/** An operator between two values that are worked out. What liquidjs compares by rules of its own is left to it. */
export function binaryOperator(name: string): Operator {
  const plain = PLAIN[name];
  const full: Operator = (left, right, context) =>
    toValueSync(Reflect.apply(context.opts.operators[name] ?? unknownOperator, undefined, [left, right, context]));
  if (!plain) return full;
  return (left, right, context) =>
    isPlain(left) && isPlain(right) ? plain(left, right, context) : full(left, right, context);
}

/** The only operator with one side. */
export const not = (value: unknown, context: Context): boolean => !isTruthy(toValueSync(toValue(value)), context);

type Plain = string | number | boolean | null | undefined;
type PlainOperator = (left: Plain, right: Plain, context: Context) => unknown;

// Neither a Drop nor an array: JavaScript's own answer is the one that liquidjs gives.
const isPlain = (value: unknown): value is Plain => value === null || !HELD.has(typeof value);
const HELD: ReadonlySet<string> = new Set(['object', 'function']);

const PLAIN: Readonly<Record<string, PlainOperator>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  and: (left, right, context) => isTruthy(left, context) && isTruthy(right, context),
  or: (left, right, context) => isTruthy(left, context) || isTruthy(right, context),
};

const unknownOperator = (): never => {
  throw new Error('unknown operator');
};
