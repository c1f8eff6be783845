import type { CompiledEmail } from './compiled-email';
import { type CutHtml, cutHtml } from './cut-html';
import type { EmailSource } from './email-content';
import { interpretedOf, isTemplate, parseTemplate, refuseReserved, variablesOf } from './template-check';
import { templateError } from './template-error';
import { unknownVariables } from './template-variables';

/**
 * Checks the templates and cuts links out of the HTML: done once when content is saved, so that a render only fills in.
 * Throws CONTENT_TEMPLATE with line and column; `path` is where in the input the content stands.
 */
export function compileEmail(source: EmailSource, path = 'content'): CompiledEmail {
  for (const field of ['subject', 'html', 'text', 'preheader'] as const)
    refuseReserved(source[field] ?? '', `${path}.${field}`);
  const subject = parseTemplate('plain', source.subject, `${path}.subject`);
  parseTemplate('html', source.html, `${path}.html`);
  parseTemplate('html', source.preheader ?? '', `${path}.preheader`);
  const { html, madeText, links, warnings } = cut(source, path);
  const text = source.text === undefined ? parsable(madeText) : { source: source.text, warnings: [] };
  const parsed = [
    subject,
    parseTemplate('html', html, `${path}.html`),
    parseTemplate('plain', text.source, `${path}.text`),
  ];
  const variables = variablesOf(parsed);
  return {
    kind: 'email',
    subject: source.subject,
    html,
    text: text.source,
    ...(source.senderName !== undefined && { senderName: source.senderName }),
    ...(source.senderEmail !== undefined && { senderEmail: source.senderEmail }),
    ...(source.replyTo !== undefined && { replyTo: source.replyTo }),
    links,
    variables,
    interpreted: interpretedOf(parsed),
    warnings: [
      ...warnings,
      ...text.warnings,
      ...unknownVariables(variables).map((name) => `unknown variable: ${name}`),
    ],
  };
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
  if (isTemplate('plain', madeText)) return { source: madeText, warnings: [] };
  const warnings = ['the text part could not follow the conditions of the html: write one'];
  return { source: madeText.replace(/\{%[\s\S]*?%\}/g, ''), warnings };
}
