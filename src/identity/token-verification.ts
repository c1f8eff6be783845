import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify } from 'jose';
import { unauthenticated } from '../graphql/errors';
import { ROLES, type Role } from '../shared/viewer';

/** Where tokens come from. A shared secret is for a developer's machine: production takes keys from an issuer. */
export interface TokenSettings {
  readonly environment: 'development' | 'test' | 'production';
  readonly jwtSecret: string;
  readonly jwksUrl?: string;
  readonly jwtIssuer?: string;
  readonly jwtAudience?: string;
}

/** What a token that holds says. */
export interface Claims {
  readonly organizationId: string;
  readonly userId: string;
  readonly role: Role;
  /** When the token ends, and with it every subscription opened by it. */
  readonly expiresAt: Date;
  /** Told by most issuers; a token that does not say counts as old. */
  readonly issuedAt?: Date;
}

/** Checks an `authorization` value; throws UNAUTHENTICATED, never saying which check failed. */
export type VerifyToken = (authorization: string | undefined) => Promise<Claims>;

/** Fails at start, not at the first request, where production has no issuer to take keys from. */
export function createTokenVerifier(settings: TokenSettings): VerifyToken {
  const check = settings.jwksUrl ? issuedBy(settings.jwksUrl, settings) : sharedSecret(settings);
  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw unauthenticated();
    const payload = await check(token).catch(() => {
      throw unauthenticated();
    });
    return readClaims(payload);
  };
}

type Check = (token: string) => Promise<JWTPayload>;

const requiredClaims = ['exp', 'sub', 'org', 'roles'];
const clockTolerance = 5;

// Keys come from the one configured address: jku, x5u and jwk headers of a token are ignored (RFC 8725).
function issuedBy(jwksUrl: string, { jwtIssuer, jwtAudience }: TokenSettings): Check {
  const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(jwksUrl));
  const options: JWTVerifyOptions = {
    algorithms: ['RS256', 'ES256', 'EdDSA'],
    requiredClaims,
    clockTolerance,
    ...(jwtIssuer && { issuer: jwtIssuer }),
    ...(jwtAudience && { audience: jwtAudience }),
  };
  return async (token) => (await jwtVerify(token, keys, options)).payload;
}

function sharedSecret({ environment, jwtSecret }: TokenSettings): Check {
  if (environment === 'production') throw new Error('JWKS_URL: must be set in production');
  const key = new TextEncoder().encode(jwtSecret);
  return async (token) =>
    (await jwtVerify(token, key, { algorithms: ['HS256'], requiredClaims, clockTolerance })).payload;
}

function readClaims({ sub, exp, iat, org, roles }: JWTPayload): Claims {
  const role = Array.isArray(roles) ? highestRole(roles) : undefined;
  if (!sub || !exp || typeof org !== 'string' || org === '' || org.length > 100 || !role) throw unauthenticated();
  const issued = iat === undefined ? {} : { issuedAt: new Date(iat * 1_000) };
  return { organizationId: org, userId: sub, role, expiresAt: new Date(exp * 1_000), ...issued };
}

function highestRole(claimed: readonly unknown[]): Role | undefined {
  return ROLES.findLast((role) => claimed.includes(role));
}
