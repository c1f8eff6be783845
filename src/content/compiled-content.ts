import type { ChannelKind } from '../shared/ledger-codes';
import type { CompiledEmail, CompiledLink } from './compiled-email';
import type { OutputRule } from './liquid-block';
import type { Dialect } from './liquid-engine';

/** The media whose content is texts in named fields; an e-mail is more than that. */
export type FieldKind = Exclude<ChannelKind, 'email'>;

/** One text: its template, and what must hold for what comes of it. */
export interface CompiledField {
  /** Where it stands in what a provider is given: `['data', 'order']`. */
  readonly path: readonly string[];
  readonly dialect: Dialect;
  readonly template: string;
  /** Breaks of lines become spaces. */
  readonly oneLine?: boolean;
  /** Nothing is sent without it. */
  readonly required?: boolean;
  readonly mostCharacters?: number;
  readonly mostSegments?: number;
  /** It must be JSON. */
  readonly json?: boolean;
  /** Words of a test before the text, unless it is empty; no limit counts them. */
  readonly prefix?: string;
}

/** The texts of a medium, checked and with their links cut out, as plain data (column `content.compiled`). */
export interface CompiledFields {
  readonly kind: FieldKind;
  readonly fields: readonly CompiledField[];
  /** Fields that are the same for everybody. */
  readonly constants: Readonly<Record<string, unknown>>;
  /** Of all that a provider is given of it. */
  readonly mostBytes?: number;
  readonly links: readonly CompiledLink[];
  /** What the templates read from their scope, each name once. */
  readonly variables: readonly string[];
  /** Tags that are not compiled to functions. */
  readonly interpreted: readonly string[];
  readonly warnings: readonly string[];
}

/** What content of any medium may have. */
export interface Beside {
  /** Whoever lacks what it shows gets nothing. */
  readonly strict?: boolean;
  /** The same content for readers of other languages, by locale: their links stand in the list of all. */
  readonly locales?: Readonly<Record<string, CompiledContent>>;
}

/** Whether its outputs may show nothing. */
export const outputRuleOf = ({ strict }: Beside): OutputRule => (strict ? 'strict' : 'lenient');

/** Content of any medium, ready to be rendered. */
export type CompiledContent = (CompiledEmail | CompiledFields) & Beside;

/** Whether it is an e-mail: rows stored before there were other media do not say so. */
export const isCompiledEmail = (compiled: CompiledContent): compiled is CompiledEmail & Beside =>
  compiled.kind === undefined || compiled.kind === 'email';

/** Characters of its templates, of all languages: what it takes in memory. */
export function charactersOf(compiled: CompiledContent): number {
  const others = Object.values(compiled.locales ?? {}).reduce((sum, one) => sum + charactersOf(one), 0);
  if (isCompiledEmail(compiled)) return compiled.html.length + compiled.text.length + others;
  return compiled.fields.reduce((sum, { template }) => sum + template.length, others);
}
