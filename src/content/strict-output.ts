import {
  type Context,
  EchoTag,
  type Output,
  type PropertyAccessToken,
  TypeGuards,
  toValue,
  type Value,
} from 'liquidjs';
import { echoedBy } from './liquid-private';
import type { Write } from './liquid-text';
import { compileToken, compileValue, settled } from './liquid-value';
import { isOurs } from './template-variables';

/** What a template of a strict campaign shows is not there: the message says of which variable, and nothing of its person. */
export class MissingVariable extends Error {
  override readonly name = 'MissingVariable';

  constructor(readonly variable: string) {
    super(`nothing stands in the place of {{ ${variable} }}`);
  }
}

/** An output that must have something to show; `{{ name | default: "you" }}` always has. */
export function compileStrictOutput({ value }: Output): Write {
  const evaluate = compileValue(value);
  const isMissing = missing(value);
  return (context, page) => {
    const shown = settled(toValue(evaluate(context)));
    if (isNothing(shown)) isMissing?.(context);
    page.write(shown);
  };
}

/** The same for a tag that shows something, which liquidjs writes; nothing where it shows nothing of anybody. */
export function strictEcho(tag: unknown, write: Write): Write {
  const value = tag instanceof EchoTag ? echoedBy(tag) : undefined;
  if (!value) return write;
  const evaluate = compileValue(value);
  const isMissing = missing(value);
  return (context, page) => {
    if (isNothing(settled(toValue(evaluate(context))))) isMissing?.(context);
    write(context, page);
  };
}

/** What a value shows of what is known of somebody; undefined where it may be nothing. */
export function shownVariable({ initial, filters }: Value): PropertyAccessToken | undefined {
  const [token, ...others] = initial.postfix;
  if (others.length > 0 || !TypeGuards.isPropertyAccessToken(token)) return undefined;
  return filters.some(({ name }) => name === 'default') ? undefined : token;
}

// What the template itself has put together may be empty, as long as it is there.
function missing(value: Value): ((context: Context) => void) | undefined {
  const token = shownVariable(value);
  if (!token) return undefined;
  const variable = token.getText();
  const bare = compileToken(token);
  return (context) => {
    if (isOurs(variable) || settled(bare(context)) == null) throw new MissingVariable(variable);
  };
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';
