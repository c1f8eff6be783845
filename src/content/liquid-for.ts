import { type Context, type ForTag, type Template, toValue, toValueSync } from 'liquidjs';
import { ForloopDrop } from './forloop-drop';
import type { Write } from './liquid-text';
import { compileToken } from './liquid-value';

/** A loop with its modifiers. Undefined when its variable hides `forloop`, where liquidjs has an error of its own. */
export function compileFor(tag: ForTag, block: (templates: readonly Template[]) => Write): Write | undefined {
  const { variable } = tag;
  if (variable === 'forloop') return undefined;
  const collection = compileToken(tag.collection);
  const words = tag.collection.getText();
  const [body, otherwise] = [block(tag.templates), block(tag.elseTemplates)];
  return (context, page) => {
    const all = listOf(collection(context));
    if (all.length === 0) return otherwise(context, page);
    const items = modified(tag, all, context);
    const forloop = new ForloopDrop(items.length, words, variable);
    const scope: Record<string, unknown> = Object.assign(Object.create(null), { forloop });
    context.push(scope);
    for (const item of items) {
      scope[variable] = item;
      context.continueCalled = context.breakCalled = false;
      body(context, page);
      if (context.breakCalled) break;
      forloop.next();
    }
    context.continueCalled = context.breakCalled = false;
    context.pop();
  };
}

// `offset: continue` goes on where the last loop over the same words ended.
function modified(tag: ForTag, all: readonly unknown[], context: Context): readonly unknown[] {
  const key = `continue-${tag.variable}-${tag.collection.getText()}`;
  const given = hashOf(tag, context, context.getRegister(key, {}));
  let items = all;
  if (given.offset !== undefined) items = items.slice(given.offset);
  if (given.limit !== undefined) items = items.slice(0, given.limit);
  if (given.reversed !== undefined) items = items.toReversed();
  context.setRegister(key, (given.offset || 0) + items.length);
  return items;
}

function hashOf({ hash }: ForTag, context: Context, goOn: unknown) {
  context.push(Object.assign(Object.create(null), { continue: goOn }));
  const given = toValueSync(hash.render(context));
  context.pop();
  return given;
}

function listOf(given: unknown): readonly unknown[] {
  const value: unknown = toValue(given);
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return isIterable(value) ? Array.from(value) : Object.entries(value);
}

const isIterable = (value: object): value is Iterable<unknown> => Symbol.iterator in value;
