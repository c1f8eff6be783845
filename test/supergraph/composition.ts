import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { readSdl } from './subgraph-sdl';

export interface SubgraphSdl {
  readonly name: string;
  readonly sdl: string;
  readonly url: string;
}

/** The supergraph that the gateway serves; throws with every mistake of the subgraphs. */
export function compose(subgraphs: readonly SubgraphSdl[]): string {
  const services = subgraphs.map(({ name, sdl, url }) => ({ name, url, typeDefs: parse(sdl) }));
  const { errors, supergraphSdl } = composeServices(services);
  if (supergraphSdl) return supergraphSdl;
  throw new Error(errors?.map(({ message }) => message).join('\n'));
}

const PORTS = { campaign: 8240, user: 8241, notification: 8242 };

/** The subgraphs as `schema/` has them, under the names that they would have beside one another. */
export const publishedSubgraphs = (): readonly SubgraphSdl[] =>
  Object.entries(PORTS).map(([name, port]) => ({ name, sdl: readSdl(name), url: `http://${name}:${port}/graphql` }));
