import { DomainError } from '../shared/errors';
import type { CompiledField, CompiledFields, FieldKind } from './compiled-content';
import type { CompiledLink } from './compiled-email';
import { cutTextLinks } from './cut-links';
import { refuseHopeless } from './least-text';
import { interpretedOf, type ParsedTemplate, parseTemplate, refuseReserved, variablesOf } from './template-check';
import { unknownVariables } from './template-variables';

/** A text of a medium as its author writes it. */
export interface FieldSource extends Omit<CompiledField, 'dialect'> {
  /**
   * `words` have addresses in them, which are tracked; a `link` is one as a whole; an `image` is one, too, but nobody's to
   * click on; and so is `data`.
   */
  readonly holds: 'words' | 'link' | 'image' | 'data';
  readonly dialect?: CompiledField['dialect'];
  /** Where its author wrote it, when that is another place. */
  readonly writtenIn?: readonly string[];
}

/** Content of a medium as its author writes it. */
export interface FieldsSource {
  readonly kind: FieldKind;
  readonly fields: readonly FieldSource[];
  readonly constants?: Readonly<Record<string, unknown>>;
  readonly mostBytes?: number;
}

/**
 * Checks the templates and cuts their links out: done once when content is saved, so that a render only fills in. Throws
 * CONTENT_TEMPLATE with line and column, CONTENT_INVALID for what could never be sent; `path` is where in the input the
 * content stands.
 */
export function compileFields({ kind, fields, constants = {}, mostBytes }: FieldsSource, path: string): CompiledFields {
  const links: CompiledLink[] = [];
  const parsed: ParsedTemplate[] = [];
  const warnings: string[] = [];
  const compiled = fields.map((source): CompiledField => {
    const place = [path, ...(source.writtenIn ?? source.path)].join('.');
    const field = cut(source, { place, first: links.length + 1 });
    links.push(...field.links);
    warnings.push(...field.warnings);
    parsed.push(parseTemplate(field.compiled.dialect, field.compiled.template, place));
    refuseHopeless(field.compiled, place);
    return field.compiled;
  });
  const variables = variablesOf(parsed);
  return {
    kind,
    fields: compiled,
    constants,
    ...(mostBytes !== undefined && { mostBytes }),
    links,
    variables,
    interpreted: interpretedOf(parsed),
    warnings: [...warnings, ...unknownVariables(variables, kind).map((name) => `unknown variable: ${name}`)],
  };
}

interface Cut {
  readonly compiled: CompiledField;
  readonly links: readonly CompiledLink[];
  readonly warnings: readonly string[];
}

function cut({ holds, writtenIn: _, ...source }: FieldSource, { place, first }: { place: string; first: number }): Cut {
  const { template, dialect = 'plain' } = source;
  refuseReserved(template, place);
  // The author's own words, so that line and column of a mistake are theirs.
  parseTemplate(dialect, template, place);
  if (holds === 'link' || holds === 'image') refuseUnsafe(template, place);
  if (holds === 'data' || holds === 'image') return { compiled: { ...source, dialect }, links: [], warnings: [] };
  const { template: cutTemplate, links, warnings } = cutTextLinks(template, first);
  return { compiled: { ...source, dialect, template: cutTemplate }, links, warnings };
}

const OWN_LINK = /^\s*\{\{-?\s*unsubscribe_url\s*-?\}\}\s*$/;
/** Where a web page or an application would run what a person's data says. */
const RUNS = /^(?:javascript|data|vbscript|file|blob|about):/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:[^\s]/i;

/** What begins with a variable could begin with anything. */
function refuseUnsafe(address: string, place: string): void {
  if (OWN_LINK.test(address)) return;
  if (SCHEME.test(address) && !RUNS.test(address)) return;
  throw new DomainError(
    'CONTENT_INVALID',
    'an address begins with its scheme, such as https:, and none that runs',
    place,
  );
}
