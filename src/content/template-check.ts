import type { Template } from 'liquidjs';
import { DomainError } from '../shared/errors';
import { RESERVED } from './compiled-email';
import { compileLiquid } from './liquid-block';
import { type Dialect, LiquidEngine } from './liquid-engine';
import { type Piece, piecesOf } from './liquid-mask';
import { templateError } from './template-error';

// The search for variables takes the square of it: 2,000 take a third of a second.
const MAX_LIQUID = 2_000;
// Liquid is read by recursion, here and where it is rendered.
const MAX_NESTING = 100;

const engines: Readonly<Record<Dialect, LiquidEngine>> = {
  html: new LiquidEngine('html'),
  plain: new LiquidEngine('plain'),
  json: new LiquidEngine('json'),
};

/** A template that was read, and in which language. */
export interface ParsedTemplate {
  readonly dialect: Dialect;
  readonly templates: Template[];
}

/** Reads a template. Throws CONTENT_TEMPLATE with line and column; `path` is where in the input it stands. */
export function parseTemplate(dialect: Dialect, source: string, path: string): ParsedTemplate {
  try {
    const templates = engines[dialect].parse(source);
    const liquid = piecesOf(source).filter((piece) => piece.liquid);
    if (nestingOf(source, liquid) > MAX_NESTING) throw new RangeError(`more than ${MAX_NESTING} tags in each other`);
    if (liquid.length <= MAX_LIQUID) return { dialect, templates };
  } catch (error) {
    throw templateError(error, path);
  }
  throw new DomainError('CONTENT_TEMPLATE', `holds more than ${MAX_LIQUID} outputs and tags`, path);
}

/** Whether a text is a template at all. */
export function isTemplate(dialect: Dialect, source: string): boolean {
  try {
    engines[dialect].parse(source);
    return true;
  } catch {
    return false;
  }
}

/** Refuses characters that only the compiler may write. Asked before anything is cut: afterwards they are ours. */
export function refuseReserved(source: string, path: string): void {
  if (RESERVED.test(source))
    throw new DomainError('CONTENT_TEMPLATE', 'holds a private-use character (U+E000 to U+E002)', path);
}

/** What the templates read from their scope, each name once. */
export const variablesOf = (parsed: readonly ParsedTemplate[]): string[] =>
  distinct(parsed.flatMap(({ dialect, templates }) => engines[dialect].variables(templates)));

/** Tags that are left to liquidjs, each once. */
export const interpretedOf = (parsed: readonly ParsedTemplate[]): string[] =>
  distinct(parsed.flatMap(({ templates }) => compileLiquid(templates).interpreted));

const distinct = (names: readonly string[]): string[] => [...new Set(names)].sort();

const BLOCK = /^\{%-?\s*(end)?(?:if|unless|for|tablerow|case|capture)\b/;

/** The most tags that stand in each other. */
function nestingOf(template: string, liquid: readonly Piece[]): number {
  let depth = 0;
  let deepest = 0;
  for (const { begin, end } of liquid) {
    const found = BLOCK.exec(template.slice(begin, end));
    if (found) depth += found[1] ? -1 : 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
