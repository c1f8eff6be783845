import type { BaseLogger } from 'pino';
import type { Database } from '../adapters/postgres';
import type { Config } from '../config';
import { openRemoteService, type RemoteConfig } from '../remote/remote-services';
import { systemClock } from '../shared/clock';
import type { Stack } from '../shared/lifecycle';
import { askForAssets, type WantedAsset } from './asset-question';
import { askForImages, type WantedImage } from './image-question';
import { RemoteAddresses } from './remote-addresses';

/** What is asked for the addresses in content, where it is configured. */
export interface AssetServices {
  /** Where assets are. */
  readonly storage?: RemoteAddresses<WantedAsset>;
  /** What may stand in for pictures. */
  readonly media?: RemoteAddresses<WantedImage>;
}

type AssetConfig = RemoteConfig &
  Pick<Config, 'storageServiceUrl' | 'mediaServiceUrl' | 'remoteAssetFreshMs' | 'remoteAssetPatienceMs'>;

/** The storage and the media service, where they are configured; closed with the stack. */
export function openAssets(config: AssetConfig, database: Database, log: BaseLogger, stack: Stack): AssetServices {
  const { storageServiceUrl, mediaServiceUrl, remoteAssetFreshMs: freshMs, remoteAssetPatienceMs: patienceMs } = config;
  const common = { database, now: systemClock, log, freshMs, patienceMs };
  const open = (name: string, url: string) => {
    const { service, close } = openRemoteService(name, url, config);
    stack.add(close);
    return service;
  };
  return {
    ...(storageServiceUrl !== undefined && {
      storage: new RemoteAddresses({
        ...common,
        kind: 'asset',
        ask: askForAssets,
        service: open('storage', storageServiceUrl),
      }),
    }),
    ...(mediaServiceUrl !== undefined && {
      media: new RemoteAddresses({
        ...common,
        kind: 'image',
        ask: askForImages,
        service: open('media', mediaServiceUrl),
      }),
    }),
  };
}
