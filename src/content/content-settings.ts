import { count, httpUrl } from '../setting-checks';

/** What content may have, and where its images are. */
export const contentSettings = {
  blocksPerOrganization: {
    names: ['BLOCKS_PER_ORGANIZATION'],
    unit: 'blocks',
    about: 'content blocks that one organization may have',
    check: count(1_000, 10_000),
  },
  blockDepth: {
    names: ['BLOCK_DEPTH'],
    unit: 'blocks',
    about: 'how deep content blocks may stand in each other',
    check: count(3, 10),
  },
  assetBaseUrl: {
    names: ['ASSET_BASE_URL'],
    unit: 'URL',
    about: 'where relative addresses of images lead, unless an organization has an address of its own; none: they stay',
    check: httpUrl.optional(),
  },
  assetsPerSave: {
    names: ['ASSETS_PER_SAVE'],
    unit: 'assets',
    about: 'different assets that one save may name; of more different pictures than that some are left as they are',
    check: count(500, 10_000),
  },
  localesPerChannel: {
    names: ['LOCALES_PER_CHANNEL'],
    unit: 'languages',
    about: 'languages that one content may be written in, beside its own',
    check: count(50, 500),
  },
} as const;
