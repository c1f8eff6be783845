import { z } from 'zod';
import { RemoteFailure } from '../remote/remote-failure';
import { httpsAddress } from './https-address';
import type { AskAddresses } from './remote-addresses';

/** A picture, and how wide it is shown. */
export interface WantedImage {
  readonly key: string;
  readonly url: string;
  readonly width?: number;
}

/** A picture that is shown in one width has another stand-in than in its own. */
export const wantedImage = (url: string, width: number | undefined): WantedImage =>
  width === undefined ? { key: url, url } : { key: `${width} ${url}`, url, width };

const answer = z.object({
  images: z.array(z.object({ url: z.string(), width: z.number().nullish(), optimized_url: z.unknown() })),
});

/** What may stand in for pictures. Of one that the answer leaves out, or has no address of, there is nothing. */
export const askForImages: AskAddresses<WantedImage> = async (service, organizationId, wanted) => {
  const body = { images: wanted.map(({ url, width }) => ({ url, ...(width !== undefined && { width }) })) };
  const question = { method: 'POST', path: '/api/v1/images/optimize', organizationId, body } as const;
  const told = answer.safeParse(await service.json(question));
  if (!told.success) throw new RemoteFailure('garbage', 'an answer that holds no images');
  const said = new Map(
    told.data.images.map((one) => [wantedImage(one.url, one.width ?? undefined).key, one.optimized_url]),
  );
  // A service need not say the width again.
  return new Map(wanted.map(({ key, url }) => [key, httpsAddress(said.get(key) ?? said.get(url)) ?? null] as const));
};
