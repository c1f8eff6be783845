import { z } from 'zod';
import { count, url, words } from '../setting-checks';

/** Where identities come from. */
export const identitySettings = {
  jwksUrl: {
    names: ['JWKS_URL'],
    unit: 'URL',
    about: 'public keys of the token issuer',
    check: url('http:', 'https:').optional(),
  },
  jwtIssuer: { names: ['JWT_ISSUER'], unit: 'text', about: 'expected issuer', check: z.string().optional() },
  jwtAudience: { names: ['JWT_AUDIENCE'], unit: 'text', about: 'expected audience', check: z.string().optional() },
  jwtType: {
    names: ['JWT_TYPE'],
    unit: 'text',
    about: "expected `typ` of an issuer's tokens, so that an ID token is none",
    check: z.string().default('at+jwt'),
  },
  jwtMaxAgeSeconds: {
    names: ['JWT_MAX_AGE_SECONDS'],
    unit: 'seconds',
    about: "how long after its `iat` an issuer's token is taken, whatever its `exp`",
    check: count(900, 86_400),
  },
  gatewaySecrets: {
    names: ['GATEWAY_SECRETS'],
    unit: 'one or two texts of at least 32 bytes, comma separated',
    about: 'a gateway signs with one of them who it is; then nobody else is answered',
    check: words.default([]),
  },
} as const;

interface Parsed {
  readonly environment?: string;
  readonly jwksUrl?: string | undefined;
  readonly jwtIssuer?: string | undefined;
  readonly jwtAudience?: string | undefined;
  readonly gatewaySecrets?: readonly string[];
}

/** What the settings of identity do not say together. */
export function identityMistakes({ environment, jwksUrl, gatewaySecrets = [], ...parsed }: Parsed): string[] {
  const mistakes: string[] = [];
  if (gatewaySecrets.length > 2)
    mistakes.push('GATEWAY_SECRETS: at most two, the one in use and the one before or after');
  if (gatewaySecrets.some((secret) => Buffer.byteLength(secret) < 32))
    mistakes.push('GATEWAY_SECRETS: each must have at least 32 bytes');
  if (environment !== 'production') return mistakes;
  if (!jwksUrl && gatewaySecrets.length === 0)
    mistakes.push('JWKS_URL: must be set in production, where tokens have an issuer, unless GATEWAY_SECRETS is');
  // Without them a token that the same issuer made for another service would do here.
  const needed = jwksUrl || gatewaySecrets.length === 0;
  if (needed && !parsed.jwtIssuer) mistakes.push('JWT_ISSUER: must be set in production');
  if (needed && !parsed.jwtAudience) mistakes.push('JWT_AUDIENCE: must be set in production');
  return mistakes;
}
