import { join } from 'node:path';
import { signToken } from '../src/identity/token';
import { type Askable, startAskable } from './child-asking';
import type { Arrivals, SubscriptionClientSettings } from './subscription-clients';
import type { Held, Memory, SubscriptionServerSettings } from './subscription-server';
import { organizationId } from './subscription-subject';

/** A server of subscriptions in a process of its own; `ready` is its port. */
export type SubscriptionServer = Askable<{ memory: [null, Memory]; cpuMicros: [null, number]; held: [null, Held] }> & {
  readonly ready: unknown;
};

/** Its subscribers, in another. */
export type SubscriptionClients = Askable<{
  open: [null, null];
  latencies: [ReadonlyMap<number, number>, Arrivals];
  reconnect: [number, null];
  settled: [number, { behind: number; steppedBack: number }];
  leave: [null, null];
}>;

const secret = 'the-secret-of-a-benchmark-with-32-bytes-or-more';
const query = `subscription { executionProgress(executionId: "exe_bench") {
  cursor status metrics { sent delivered opened clicked bounced } reconciliation { audience queued inFlight } } }`;

export const startServer = (
  told: Omit<SubscriptionServerSettings, 'secret' | 'organizationId'>,
): Promise<SubscriptionServer> =>
  startAskable(program('subscription-server'), { ...told, secret, organizationId }, ['--expose-gc']);

/** So many subscribers that are not connected yet. */
export async function startClients(port: number, subscribers: number): Promise<SubscriptionClients> {
  const who = { organizationId, role: 'viewer', userId: 'bench' } as const;
  const token = await signToken({ ...who, secret, now: new Date(), lifetimeSeconds: 36_000 });
  const told: SubscriptionClientSettings = { port, token, query, subscribers };
  return startAskable(program('subscription-clients'), told);
}

const program = (name: string): string => join(__dirname, `${name}.js`);
