import { Output, type Template } from 'liquidjs';
import { type CompiledContent, isCompiledEmail } from './compiled-content';
import type { Dialect } from './liquid-engine';
import { shownVariable } from './strict-output';
import { parseTemplate } from './template-check';

/**
 * Variables that every message of a content shows, whatever its conditions and loops come to, and without a default: of a
 * strict campaign nobody who lacks one gets anything. In whatever language: those of all.
 */
export function neededVariables(compiled: CompiledContent): readonly string[] {
  const own = [...new Set(templatesOf(compiled).flatMap(([dialect, text]) => shownAlways(dialect, text)))];
  const others = Object.values(compiled.locales ?? {}).map((one) => new Set(neededVariables(one)));
  return own.filter((variable) => others.every((needed) => needed.has(variable))).sort();
}

const shownAlways = (dialect: Dialect, text: string): readonly string[] =>
  parseTemplate(dialect, text, 'content').templates.flatMap(shown);

const shown = (template: Template): readonly string[] => {
  const token = template instanceof Output ? shownVariable(template.value) : undefined;
  return token ? [token.getText()] : [];
};

const templatesOf = (compiled: CompiledContent): readonly (readonly [Dialect, string])[] =>
  isCompiledEmail(compiled)
    ? [
        ['plain', compiled.subject],
        ['html', compiled.html],
        ['plain', compiled.text],
      ]
    : compiled.fields.map(({ dialect, template }) => [dialect, template] as const);
