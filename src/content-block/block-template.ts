import type { Template } from 'liquidjs';
import { RESERVED } from '../content/compiled-email';
import { type Dialect, LiquidEngine } from '../content/liquid-engine';
import { templateError } from '../content/template-error';
import { DomainError } from '../shared/errors';

const engines = { html: new LiquidEngine('html'), plain: new LiquidEngine('plain') };

/** A template that was read, and in which language. */
export interface ParsedTemplate {
  readonly dialect: Dialect;
  readonly templates: Template[];
}

/** Reads a template. Throws CONTENT_TEMPLATE with line and column. */
export function parseTemplate(dialect: Dialect, source: string, path: string): ParsedTemplate {
  try {
    return { dialect, templates: engines[dialect].parse(source) };
  } catch (error) {
    throw templateError(error, path);
  }
}

/** What the templates read from their scope. */
export const variablesOf = (parsed: readonly ParsedTemplate[]): string[] =>
  parsed.flatMap(({ dialect, templates }) => engines[dialect].variables(templates));

/** Refuses characters that only the compiler may write. */
export function refuseReserved(source: string, path: string): void {
  if (RESERVED.test(source))
    throw new DomainError('CONTENT_TEMPLATE', 'holds a private-use character (U+E000 to U+E002)', path);
}
