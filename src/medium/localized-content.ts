import { type CompiledContent, isCompiledEmail } from '../content/compiled-content';
import type { CompiledLink } from '../content/compiled-email';
import { renumbered } from '../content/renumbered-links';

/** Content of one language, compiled. */
export interface CompiledLocale {
  readonly locale: string;
  readonly compiled: CompiledContent;
}

/**
 * One content for all languages: that of everybody, with the others in it. Links have numbers that no other link of the
 * content has, since a click names no language.
 */
export function localized(own: CompiledContent, others: readonly CompiledLocale[]): CompiledContent {
  if (others.length === 0) return own;
  const links: CompiledLink[] = [...own.links];
  const locales: Record<string, CompiledContent> = {};
  for (const { locale, compiled } of others) {
    const moved = renumbered(compiled, links.length);
    links.push(...moved.links);
    locales[locale] = { ...moved, links: [] };
  }
  const all = [own, ...others.map(({ compiled }) => compiled)];
  const together = (list: (one: CompiledContent) => readonly string[]) => [...new Set(all.flatMap(list))];
  const variables = together((one) => one.variables).sort();
  const interpreted = together((one) => one.interpreted).sort();
  const beside = { links, locales, variables, interpreted, warnings: together((one) => one.warnings) };
  return isCompiledEmail(own) ? { ...own, ...beside } : { ...own, ...beside };
}
