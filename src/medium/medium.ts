import type { CompiledContent } from '../content/compiled-content';
import type { ContentLimits } from '../content/content-limits';

/** Content that was judged, and the hash that names it. */
export interface CheckedContent {
  /** As it is kept: with its defaults, without what was not given. */
  readonly source: Readonly<Record<string, unknown>>;
  readonly compiled: CompiledContent;
  readonly hash: string;
}

/** What an installation allows. */
export type ContentRules = Pick<ContentLimits, 'webhookTargets'>;

/** What a medium takes as content. */
export interface Medium {
  /**
   * Judges content when it is saved: its fields, then its templates. Throws CONTENT_INVALID and CONTENT_TEMPLATE; the path
   * of a mistake starts at `path`.
   */
  read(content: unknown, path: string, rules: ContentRules): CheckedContent;
  /** Content of a language with what it has of everybody's where it says nothing itself. */
  inherit?(all: CheckedContent['source'], own: CheckedContent['source']): CheckedContent['source'];
}
