import { createHttpClient, type HttpClient } from '../adapters/http-client';

/** Where a router wants to hear of one subscription, and what proves it to the router. */
export interface CallbackAddress {
  readonly callbackUrl: string;
  readonly subscriptionId: string;
  readonly verifier: string;
}

type Action = 'check' | 'next' | 'complete';

/** Tells the router one thing; false: it does not want to hear of this subscription any more, or cannot be reached. */
export type TellRouter = (address: CallbackAddress, action: Action, more?: object) => Promise<boolean>;

export interface RouterLinks {
  /** True when the address is at one of the configured origins: whoever asks names the address, so no other will do. */
  leadsTo(callbackUrl: string): boolean;
  readonly tell: TellRouter;
  close(): Promise<void>;
}

const TIMEOUT_MS = 5_000;
const CONNECTIONS = 16;

/** One pool for each configured router; nothing else is ever connected to, and no redirect is followed. */
export function createRouterLinks(origins: readonly string[]): RouterLinks {
  const clients = new Map<string, HttpClient>(
    origins.map((origin) => [
      new URL(origin).origin,
      createHttpClient({ origin, connections: CONNECTIONS, timeoutMs: TIMEOUT_MS }),
    ]),
  );
  const clientFor = (url: string) => (URL.canParse(url) ? clients.get(new URL(url).origin) : undefined);
  return {
    leadsTo: (callbackUrl) => clientFor(callbackUrl) !== undefined,
    tell: async ({ callbackUrl, subscriptionId: id, verifier }, action, more) => {
      const { pathname, search } = new URL(callbackUrl);
      const body = JSON.stringify({ kind: 'subscription', action, id, verifier, ...more });
      const request = { path: pathname + search, body, headers };
      // A router that was away has given the subscription up by itself: there is nothing to try again for.
      const reply = await clientFor(callbackUrl)
        ?.post(request)
        .catch(() => undefined);
      return reply !== undefined && reply.status >= 200 && reply.status < 300;
    },
    close: async () => {
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
}

const headers = { 'content-type': 'application/json', 'subscription-protocol': 'callback/1.0' };
