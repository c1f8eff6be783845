import { jsonOf, type RenderedContent } from '../content/rendered-content';
import { type ContentWarning, when } from './content-warning';

/** What nobody wants to read: places of other systems that nobody filled, and values that are no words. */
const LEFTOVER =
  /\*\|[\w:.]+\|\*|%%[\w.]+%%|\[\[[\w.]+\]\]|\$\{[\w.]+\}|\{\{|\[object Object\]|(?<!\w)NaN(?!\w)|lorem ipsum/gi;
const MOST_TOLD = 5;

/** What was left in the words of a medium that people read. */
export function leftoverWarnings(content: RenderedContent): readonly ContentWarning[] {
  const words: unknown = JSON.parse(Buffer.from(jsonOf(content)).toString());
  const found = new Set(textsIn(words).flatMap((text) => text.match(LEFTOVER) ?? []));
  return [...found]
    .slice(0, MOST_TOLD)
    .flatMap((words) => when(true, 'LEFTOVER', `nobody filled or wanted this: ${words}`));
}

const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];
