import { type CompiledContent, isCompiledEmail } from './compiled-content';
import { linkPlaceholder } from './compiled-email';

const PLACE = /\uE000(\d+)\uE001/g;

/** The same content with its links counted from further on, in its templates as in their list. */
export function renumbered<Compiled extends CompiledContent>(compiled: Compiled, by: number): Compiled {
  if (by === 0) return compiled;
  const moved = (text: string) => text.replace(PLACE, (_, no: string) => linkPlaceholder(Number(no) + by));
  const links = compiled.links.map((link) => ({ ...link, no: link.no + by }));
  if (isCompiledEmail(compiled))
    return {
      ...compiled,
      links,
      subject: moved(compiled.subject),
      html: moved(compiled.html),
      text: moved(compiled.text),
    };
  const fields = compiled.fields.map((field) => ({ ...field, template: moved(field.template) }));
  return { ...compiled, links, fields };
}
