import type { Template } from 'liquidjs';
import { DomainError } from '../shared/errors';
import { type CompiledEmail, RESERVED } from './compiled-email';
import { type CutHtml, cutHtml } from './cut-html';
import type { EmailSource } from './email-content';
import { compileLiquid } from './liquid-block';
import { type Dialect, LiquidEngine } from './liquid-engine';
import { type Piece, piecesOf } from './liquid-mask';
import { templateError } from './template-error';
import { unknownVariables } from './template-variables';

// The search for variables takes the square of it: 2,000 take a third of a second.
const MAX_LIQUID = 2_000;
// Liquid is read by recursion, here and where it is rendered.
const MAX_NESTING = 100;

const engines: Readonly<Record<Dialect, LiquidEngine>> = {
  html: new LiquidEngine('html'),
  plain: new LiquidEngine('plain'),
};

/**
 * Checks the templates and cuts links out of the HTML: done once when content is saved, so that a render only fills in.
 * Throws CONTENT_TEMPLATE with line and column; `path` is where in the input the content stands.
 */
export function compileEmail(source: EmailSource, path = 'content'): CompiledEmail {
  refuseReserved(source, path);
  const subject = parse('plain', source.subject, `${path}.subject`);
  parse('html', source.html, `${path}.html`);
  parse('html', source.preheader ?? '', `${path}.preheader`);
  const { html, madeText, links, warnings } = cut(source, path);
  const text = source.text === undefined ? parsable(madeText) : { source: source.text, warnings: [] };
  const templates = [
    ['plain', subject],
    ['html', parse('html', html, `${path}.html`)],
    ['plain', parse('plain', text.source, `${path}.text`)],
  ] as const;
  const variables = variablesOf(templates);
  return {
    subject: source.subject,
    html,
    text: text.source,
    ...(source.senderName !== undefined && { senderName: source.senderName }),
    ...(source.senderEmail !== undefined && { senderEmail: source.senderEmail }),
    ...(source.replyTo !== undefined && { replyTo: source.replyTo }),
    links,
    variables,
    interpreted: [...new Set(templates.flatMap(([, parsed]) => compileLiquid(parsed).interpreted))].sort(),
    warnings: [
      ...warnings,
      ...text.warnings,
      ...unknownVariables(variables).map((name) => `unknown variable: ${name}`),
    ],
  };
}

function parse(dialect: Dialect, template: string, path: string): Template[] {
  try {
    const parsed = engines[dialect].parse(template);
    const liquid = piecesOf(template).filter((piece) => piece.liquid);
    if (nestingOf(template, liquid) > MAX_NESTING) throw new RangeError(`more than ${MAX_NESTING} tags in each other`);
    if (liquid.length <= MAX_LIQUID) return parsed;
  } catch (error) {
    throw templateError(error, path);
  }
  throw new DomainError('CONTENT_TEMPLATE', `holds more than ${MAX_LIQUID} outputs and tags`, path);
}

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

function cut({ html, preheader }: EmailSource, path: string): CutHtml {
  try {
    return cutHtml(html, preheader);
  } catch (error) {
    throw error instanceof RangeError ? templateError(error, `${path}.html`) : error;
  }
}

// Liquid that began in a dropped attribute and ended in the words leaves its end alone: then only outputs are kept.
function parsable(madeText: string): { source: string; warnings: readonly string[] } {
  try {
    engines.plain.parse(madeText);
    return { source: madeText, warnings: [] };
  } catch {
    const warnings = ['the text part could not follow the conditions of the html: write one'];
    return { source: madeText.replace(/\{%[\s\S]*?%\}/g, ''), warnings };
  }
}

function variablesOf(templates: readonly (readonly [Dialect, Template[]])[]): string[] {
  return [...new Set(templates.flatMap(([dialect, parsed]) => engines[dialect].variables(parsed)))].sort();
}

// Asked before anything is cut: afterwards they are ours.
function refuseReserved(source: EmailSource, path: string): void {
  for (const field of ['subject', 'html', 'text', 'preheader'] as const) {
    if (RESERVED.test(source[field] ?? '')) {
      throw new DomainError('CONTENT_TEMPLATE', 'holds a private-use character (U+E000 to U+E002)', `${path}.${field}`);
    }
  }
}
