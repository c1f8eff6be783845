import { type JWTPayload, type JWTVerifyOptions, jwtVerify, SignJWT } from 'jose';
import { unauthenticated } from '../graphql/errors';
import type { Clock } from '../shared/clock';
import { type Claims, clockTolerance, readClaims } from './claims';
import { isPlausible } from './compact-token';

/** The header, and the parameter of a socket's first message, in which a gateway proves itself. */
export const GATEWAY_HEADER = 'x-gateway-identity';

/** Made for one request or socket, so a copied one is soon worth nothing. */
const LIFETIME_SECONDS = 60;
const audience = 'campaign-service';
const typ = 'gateway+jwt';

/** For whom a gateway asks. */
export interface Vouched {
  readonly organizationId: string;
  readonly userId: string;
  readonly roles: readonly string[];
  /** When the caller's own session ends; a minute from now when nothing is said. */
  readonly until?: Date;
}

/** Checks a gateway's proof; answers for whom it asks, or nothing where it asks for itself. Throws UNAUTHENTICATED. */
export type Vouch = (proof: string | undefined) => Promise<Claims | undefined>;

const options: JWTVerifyOptions = {
  algorithms: ['HS256'],
  typ,
  audience,
  maxTokenAge: LIFETIME_SECONDS,
  requiredClaims: ['exp', 'iat'],
  clockTolerance,
};

/** With two secrets a gateway may change from one to the other without a moment's refusal. */
export function createVouch(secrets: readonly string[], now: Clock): Vouch {
  const keys = secrets.map((secret) => new TextEncoder().encode(secret));
  return async (proof) => {
    if (proof === undefined || !isPlausible(proof)) throw unauthenticated();
    const checks = keys.map((key) => jwtVerify(proof, key, { ...options, currentDate: now() }));
    const { payload } = await Promise.any(checks).catch(() => {
      throw unauthenticated();
    });
    return callerOf(payload);
  };
}

function callerOf(payload: JWTPayload): Claims | undefined {
  if (payload.sub === undefined && payload.org === undefined) return undefined;
  const claims = readClaims({ ...payload, ...(typeof payload.until === 'number' && { exp: payload.until }) });
  if (claims === undefined) throw unauthenticated();
  return claims;
}

/** What a gateway sends along; without a caller it asks for itself and may only look at the schema. */
export async function signGatewayIdentity(secret: string, now: Date, caller?: Vouched): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1_000);
  return new SignJWT(caller ? claimsOf(caller) : {})
    .setProtectedHeader({ alg: 'HS256', typ })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .setAudience(audience)
    .sign(new TextEncoder().encode(secret));
}

const claimsOf = ({ organizationId, userId, roles, until }: Vouched): JWTPayload => ({
  sub: userId,
  org: organizationId,
  roles,
  ...(until && { until: Math.floor(until.getTime() / 1_000) }),
});
