import type { JWTPayload } from 'jose';
import type { Role } from '../shared/viewer';

/** What a token or a gateway says of a caller, checked. */
export interface Claims {
  readonly organizationId: string;
  readonly userId: string;
  readonly role: Role;
  /** When the token ends, and with it every subscription opened by it. */
  readonly expiresAt: Date;
  /** Told by most issuers; a token that does not say counts as old. */
  readonly issuedAt?: Date;
}

/** Seconds by which the clocks of two machines may differ. */
export const clockTolerance = 5;

/** Somebody with several roles acts as the one with the most rights. */
const strongestFirst: readonly Role[] = ['admin', 'approver', 'editor', 'service', 'viewer'];

/** Undefined for claims that name no caller of ours. */
export function readClaims({ sub, exp, iat, org, roles }: JWTPayload): Claims | undefined {
  const role = Array.isArray(roles) ? strongestFirst.find((candidate) => roles.includes(candidate)) : undefined;
  if (!isName(sub, 200) || !isName(org, 100) || !isTime(exp) || role === undefined) return undefined;
  const issued = isTime(iat) ? { issuedAt: new Date(iat * 1_000) } : {};
  return { organizationId: org, userId: sub, role, expiresAt: new Date(exp * 1_000), ...issued };
}

// They end in rows, logs and headers: no control characters, no halves of characters.
const isName = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= longest && !/\p{Cc}|\p{Surrogate}/u.test(value);

/** In seconds; JSON can say 1e400. */
const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e11;
