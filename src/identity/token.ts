import { SignJWT } from 'jose';
import type { Role } from '../shared/viewer';

/** Who a development token is for. */
export interface TokenRequest {
  readonly organizationId: string;
  readonly role: Role;
  readonly userId: string;
  readonly secret: string;
  readonly now: Date;
  readonly lifetimeSeconds: number;
}

/** Signs a token that the shared-secret check accepts; no other process than a developer's ever signs one. */
export async function signToken(request: TokenRequest): Promise<string> {
  const issuedAt = Math.floor(request.now.getTime() / 1_000);
  return new SignJWT({ org: request.organizationId, roles: [request.role] })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(request.userId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + request.lifetimeSeconds)
    .sign(new TextEncoder().encode(request.secret));
}
