import { piecesOf } from '../content/liquid-mask';

/** Where a template has a block put: `{{ blocks.footer }}`, with a hyphen on a side whose white space goes. */
export interface BlockReference {
  readonly key: string;
  readonly begin: number;
  readonly end: number;
  readonly trimsBefore: boolean;
  readonly trimsAfter: boolean;
}

/** What a block may be called: a name that Liquid reads as one. */
export const BLOCK_KEY = /^[a-z][a-z0-9_]{0,63}$/;

const REFERENCE = /^\{\{(-?)\s*blocks\.([a-z][a-z0-9_]{0,63})\s*(-?)\}\}$/;

/** The references of a template, in their order; the template must parse. What is raw or a comment refers to nothing. */
export function blockReferences(template: string): readonly BlockReference[] {
  if (!template.includes('blocks')) return [];
  return piecesOf(template).flatMap(({ liquid, begin, end }) => {
    const found = liquid ? REFERENCE.exec(template.slice(begin, end)) : null;
    if (!found) return [];
    const [, before, key = '', after] = found;
    return [{ key, begin, end, trimsBefore: before === '-', trimsAfter: after === '-' }];
  });
}

/** The same place for a person: counted from 1. */
export function placeIn(template: string, offset: number): string {
  const lines = template.slice(0, offset).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}
