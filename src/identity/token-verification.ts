import { type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import { unauthenticated } from '../graphql/errors';
import { type Clock, systemClock } from '../shared/clock';
import { type Claims, clockTolerance, readClaims } from './claims';
import { isPlausible } from './compact-token';
import { createIssuerKeys } from './issuer-keys';

/** Where tokens come from. A shared secret is for a developer's machine: production takes keys from an issuer. */
export interface TokenSettings {
  readonly environment: 'development' | 'test' | 'production';
  readonly jwtSecret: string;
  readonly jwksUrl?: string | undefined;
  readonly jwtIssuer?: string | undefined;
  readonly jwtAudience?: string | undefined;
  readonly jwtType?: string;
  readonly jwtMaxAgeSeconds?: number;
  /** The one in use, and the one before or after it. */
  readonly gatewaySecrets?: readonly string[];
}

/** Checks an `authorization` value; throws UNAUTHENTICATED, never saying which check failed. */
export type VerifyToken = (authorization: string | undefined) => Promise<Claims>;

/** In production without an issuer no token is taken: a gateway then says who asks. */
export function createTokenVerifier(settings: TokenSettings, now: Clock = systemClock): VerifyToken {
  const check = checkOf(settings, now);
  return async (authorization) => {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined || !isPlausible(token)) throw unauthenticated();
    const claims = await check(token).then(readClaims, () => undefined);
    if (claims === undefined) throw unauthenticated();
    return claims;
  };
}

type Check = (token: string) => Promise<JWTPayload>;

const requiredClaims = ['exp', 'sub', 'org', 'roles'];

function checkOf(settings: TokenSettings, now: Clock): Check {
  if (settings.jwksUrl) return issuedBy(settings.jwksUrl, settings, now);
  if (settings.environment !== 'production') return sharedSecret(settings, now);
  if (!settings.gatewaySecrets?.length) throw new Error('JWKS_URL: must be set in production');
  return () => Promise.reject(new Error('no issuer is known'));
}

// Keys come from the one configured address: jku, x5u and jwk headers of a token are ignored (RFC 8725). The kind of a
// key decides which algorithm it may be used with, so a public key never serves as a secret.
function issuedBy(jwksUrl: string, settings: TokenSettings, now: Clock): Check {
  const keys = createIssuerKeys(jwksUrl, now);
  const { jwtIssuer, jwtAudience, jwtType = 'at+jwt', jwtMaxAgeSeconds = 900 } = settings;
  const options: JWTVerifyOptions = {
    algorithms: ['RS256', 'ES256', 'EdDSA'],
    typ: jwtType,
    maxTokenAge: jwtMaxAgeSeconds,
    requiredClaims,
    clockTolerance,
    ...(jwtIssuer && { issuer: jwtIssuer }),
    ...(jwtAudience && { audience: jwtAudience }),
  };
  return async (token) => (await jwtVerify(token, keys, { ...options, currentDate: now() })).payload;
}

function sharedSecret({ jwtSecret }: TokenSettings, now: Clock): Check {
  const key = new TextEncoder().encode(jwtSecret);
  const options: JWTVerifyOptions = { algorithms: ['HS256'], requiredClaims, clockTolerance };
  return async (token) => (await jwtVerify(token, key, { ...options, currentDate: now() })).payload;
}
