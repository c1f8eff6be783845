/** How much content there may be, beside what one field of it holds. */
export interface ContentLimits {
  /** Content blocks of an organization. */
  readonly blocks: number;
  /** How deep blocks may stand in each other. */
  readonly blockDepth: number;
}

export const usualContentLimits: ContentLimits = { blocks: 1_000, blockDepth: 3 };
