import type { Config } from '../config';

/** How much content there may be, beside what one field of it holds. */
export interface ContentLimits {
  /** Content blocks of an organization. */
  readonly blocks: number;
  /** How deep blocks may stand in each other. */
  readonly blockDepth: number;
  /** Languages of one content, beside that of everybody. */
  readonly locales: number;
  /** People whose attributes are looked at, to tell whether anybody has one. */
  readonly peopleLookedAt: number;
  /** Where webhooks may go: anywhere on the open internet, or anywhere at all. */
  readonly webhookTargets: 'public' | 'any';
  /** Different assets, and different pictures, that one save has looked up. */
  readonly assets: number;
  /** Where relative addresses of images lead; without it they stay as they are. */
  readonly assetBaseUrl?: string | undefined;
}

export const usualContentLimits: ContentLimits = {
  blocks: 1_000,
  blockDepth: 3,
  locales: 50,
  peopleLookedAt: 20_000,
  webhookTargets: 'public',
  assets: 500,
};

/** What a process was set to. */
export const contentLimitsOf = ({
  blocksPerOrganization,
  blockDepth,
  localesPerChannel,
  attributeSample: peopleLookedAt,
  webhookTargets,
  assetsPerSave: assets,
  assetBaseUrl,
}: Config): ContentLimits => ({
  blocks: blocksPerOrganization,
  blockDepth,
  locales: localesPerChannel,
  peopleLookedAt,
  webhookTargets,
  assets,
  assetBaseUrl,
});
