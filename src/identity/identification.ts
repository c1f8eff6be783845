import type { FastifyInstance } from 'fastify';
import { unauthenticated } from '../graphql/errors';
import type { Clock } from '../shared/clock';
import type { Claims } from './claims';
import { createVouch, GATEWAY_HEADER, type Vouch } from './gateway-identity';
import { createTokenVerifier, type TokenSettings } from './token-verification';

/** What a caller shows: a token of its own, and a gateway's proof. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly gateway: string | undefined;
}

/** Who asks; nothing for nobody, where nobody may look at the schema. Throws UNAUTHENTICATED. */
export type Identify = (credentials: Credentials) => Promise<Claims | undefined>;

/**
 * Where a gateway has secrets, it must prove itself, and may say for whom it asks; else the token says it. Production
 * knows nobody but a gateway that asks for itself.
 */
export function createIdentification(settings: TokenSettings, now: Clock): Identify {
  const verify = createTokenVerifier(settings, now);
  const vouch = gatewayOf(settings, now);
  return async ({ authorization, gateway }) => {
    const vouched = await vouch?.(gateway);
    if (vouched) return vouched;
    if (authorization === undefined && (vouch || settings.environment !== 'production')) return undefined;
    return verify(authorization);
  };
}

/** Refuses, before anything of a request is read, whoever is not the gateway; where there is none, nobody. */
export function admitGatewayOnly(graph: FastifyInstance, settings: TokenSettings, now: Clock): void {
  const vouch = gatewayOf(settings, now);
  if (vouch === undefined) return;
  graph.addHook('onRequest', async (request, reply) => {
    try {
      await vouch(credentialsIn(request.headers).gateway);
    } catch {
      const { message, extensions } = unauthenticated();
      return reply.code(401).send({ errors: [{ message, extensions: { code: extensions.code } }] });
    }
  });
}

/** Reads the headers of a request, or the parameters of a socket's first message. */
export function credentialsIn(shown: Readonly<Record<string, unknown>>): Credentials {
  return { authorization: textIn(shown.authorization ?? shown.Authorization), gateway: textIn(shown[GATEWAY_HEADER]) };
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function gatewayOf({ gatewaySecrets }: TokenSettings, now: Clock): Vouch | undefined {
  return gatewaySecrets?.length ? createVouch(gatewaySecrets, now) : undefined;
}
