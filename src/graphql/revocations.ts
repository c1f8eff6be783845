import { z } from 'zod';
import type { Bus } from '../adapters/nats';
import type { Claims } from '../identity/claims';
import type { Clock } from '../shared/clock';

/** Whose access has ended: one user's, or with it everybody's of the organization. */
export interface Revoked {
  readonly organizationId: string;
  readonly userId?: string | undefined;
}

/** Hears when somebody was logged out, removed, suspended or given another role. */
export type ListenToRevocations = (onRevoked: (revoked: Revoked) => void) => { stop(): void };

const subject = 'identity.revoked';
const revokedMessage = z.object({ organizationId: z.string().min(1).max(100), userId: z.string().max(200).optional() });

/** Whoever manages users says so on the bus. Lost, the token's own end still comes. */
export const listenToRevocations =
  (bus: Pick<Bus, 'subscribeCore'>): ListenToRevocations =>
  (onRevoked) =>
    bus.subscribeCore(subject, (data) => {
      const message = revokedMessage.safeParse(parseJson(new TextDecoder().decode(data)));
      if (message.success) onRevoked(message.data);
    });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Which tokens were made void before their end. */
export interface Revocations {
  add(revoked: Revoked): void;
  /** True for a token from before its user's access ended; a newer one says that it was given back. */
  covers(claims: Claims): boolean;
}

/** Past this the oldest is forgotten: by then its tokens have ended. */
const remembered = 10_000;

export function createRevocations(now: Clock): Revocations {
  const times = new Map<string, number>();
  const keyOf = ({ organizationId, userId }: Revoked) => JSON.stringify([organizationId, userId ?? null]);
  return {
    add: (revoked) => {
      times.set(keyOf(revoked), now().getTime());
      const [oldest] = times.keys();
      if (times.size > remembered && oldest !== undefined) times.delete(oldest);
    },
    covers: ({ organizationId, userId, issuedAt }) => {
      const since = Math.max(
        times.get(keyOf({ organizationId, userId })) ?? 0,
        times.get(keyOf({ organizationId })) ?? 0,
      );
      return since > 0 && (issuedAt?.getTime() ?? 0) <= since;
    },
  };
}
