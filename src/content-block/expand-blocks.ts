import { escapeHtml } from '../content/html-entities';
import type { Dialect } from '../content/liquid-engine';
import { piecesOf } from '../content/liquid-mask';
import { insideJson } from '../content/page';
import { DomainError } from '../shared/errors';
import { type BlockReference, blockReferences, placeIn } from './block-reference';

export const blockKinds = ['html', 'plain'] as const;
/** HTML stands in HTML alone; plain words stand everywhere, and are escaped for their place. */
export type BlockKind = (typeof blockKinds)[number];

/** A block as it was when the content that uses it was saved: later versions change nothing in it. */
export interface PinnedBlock {
  readonly id: string;
  readonly version: number;
  readonly kind: BlockKind;
  readonly content: string;
}

export type PinnedBlocks = Readonly<Record<string, PinnedBlock>>;

/** A template that blocks are put into. */
export interface BlockHost {
  readonly dialect: Dialect;
  /** Where in the input it stands. */
  readonly path: string;
  readonly blocks: PinnedBlocks;
}

/** Of a template with its blocks: what Liquid reads at most. */
const MOST_CHARACTERS = 300_000;

/**
 * The template with each block in the place of its reference, blocks in blocks too. Pure: the same template with the same
 * blocks is the same for ever. Throws CONTENT_TEMPLATE with line, column and the block's name.
 */
export const expandBlocks = (template: string, host: BlockHost): string => expand(template, host, []);

function expand(template: string, host: BlockHost, within: readonly string[]): string {
  let written = '';
  let from = 0;
  for (const reference of blockReferences(template)) {
    const before = template.slice(from, reference.begin);
    written += reference.trimsBefore ? before.trimEnd() : before;
    written += contentOf(template, reference, host, within);
    if (written.length > MOST_CHARACTERS)
      throw refuse(template, reference, host, `with its blocks it has more than ${MOST_CHARACTERS} characters`);
    from = reference.end + (reference.trimsAfter ? whiteSpaceAt(template, reference.end) : 0);
  }
  return from === 0 ? template : written + template.slice(from);
}

function contentOf(template: string, reference: BlockReference, host: BlockHost, within: readonly string[]): string {
  const { key } = reference;
  const block = Object.hasOwn(host.blocks, key) ? host.blocks[key] : undefined;
  if (!block) throw refuse(template, reference, host, `there is no block ${key}`);
  if (within.includes(key)) throw refuse(template, reference, host, `the block ${key} holds itself`);
  if (block.kind === 'html' && host.dialect !== 'html')
    throw refuse(template, reference, host, `the block ${key} is html, and here stand plain words`);
  const inner = expand(block.content, { ...host, dialect: dialectOf(block.kind) }, [...within, key]);
  return block.kind === 'plain' ? wordsFor(host.dialect, inner) : inner;
}

const dialectOf = (kind: BlockKind): Dialect => (kind === 'html' ? 'html' : 'plain');

/** Plain words as they must stand in another language; their Liquid is escaped when it is rendered. */
function wordsFor(dialect: Dialect, template: string): string {
  if (dialect === 'plain') return template;
  const escaped = dialect === 'json' ? insideJson : escapeHtml;
  return piecesOf(template)
    .map(({ liquid, begin, end }) => (liquid ? template.slice(begin, end) : escaped(template.slice(begin, end))))
    .join('');
}

const whiteSpaceAt = (template: string, offset: number): number => /^\s*/.exec(template.slice(offset))?.[0].length ?? 0;

const refuse = (template: string, { begin }: BlockReference, { path }: BlockHost, message: string): DomainError =>
  new DomainError('CONTENT_TEMPLATE', `${message} (${placeIn(template, begin)})`, path);
