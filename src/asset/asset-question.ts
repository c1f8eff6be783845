import { z } from 'zod';
import { RemoteFailure } from '../remote/remote-failure';
import { httpsAddress } from './https-address';
import type { AskAddresses } from './remote-addresses';

/** An asset; its key is its id. */
export interface WantedAsset {
  readonly key: string;
}

const answer = z.object({ assets: z.array(z.object({ id: z.string(), url: z.unknown() })) });

/** Where assets are. One that the answer leaves out, or has no address of, is unknown. */
export const askForAssets: AskAddresses<WantedAsset> = async (service, organizationId, wanted) => {
  const ids = wanted.map(({ key }) => key);
  const question = { method: 'POST', path: '/api/v1/assets/resolve', organizationId, body: { assets: ids } } as const;
  const told = answer.safeParse(await service.json(question));
  if (!told.success) throw new RemoteFailure('garbage', 'an answer that holds no assets');
  const said = new Map(told.data.assets.map(({ id, url }) => [id, url ?? null]));
  return new Map(
    ids.flatMap((id) => {
      const url = said.get(id) ?? null;
      const address = url === null ? null : httpsAddress(url);
      return address === undefined ? [] : [[id, address] as const];
    }),
  );
};
