import type { IncomingMessage } from 'node:http';
import proxyAddress from '@fastify/proxy-addr';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, handleProtocols } from 'graphql-ws';
import { networkOf } from '../rate-limit/address-network';
import type { EdgeLimits } from './edge-settings';
import type { OriginRule } from './origins';

export interface DoorParts {
  readonly path: string;
  readonly allows: OriginRule;
  readonly limits: EdgeLimits;
}

/** Decides about a socket before it is one. */
export interface SocketDoor {
  /** The status to refuse with, or nothing. */
  refusal(request: IncomingMessage): string | undefined;
  /** Counts a socket in; the answer is its address. */
  enter(request: IncomingMessage): string;
  /** Counts one of this address out again. */
  leave(address: string): void;
}

/** Everything that can be known before a token comes is looked at here, where refusing costs one line. */
export function createSocketDoor({ path, allows, limits }: DoorParts): SocketDoor {
  const addressOf = addressReader(limits.trustedProxies);
  const inside = new Map<string, number>();
  let all = 0;
  const count = (address: string, step: 1 | -1): void => {
    all += step;
    const now = (inside.get(address) ?? 0) + step;
    if (now === 0) inside.delete(address);
    else inside.set(address, now);
  };
  return {
    refusal: (request) => {
      const { origin, 'sec-websocket-protocol': protocols = '' } = request.headers;
      if (request.url?.split('?')[0] !== path) return '404 Not Found';
      if (!allows(origin)) return '403 Forbidden';
      if (handleProtocols(protocols) !== GRAPHQL_TRANSPORT_WS_PROTOCOL) return '400 Bad Request';
      if (all >= limits.sockets) return '503 Service Unavailable';
      return (inside.get(networkOf(addressOf(request))) ?? 0) >= limits.socketsPerAddress
        ? '429 Too Many Requests'
        : undefined;
    },
    enter: (request) => {
      const address = addressOf(request);
      count(networkOf(address), 1);
      return address;
    },
    leave: (address) => count(networkOf(address), -1),
  };
}

// Anybody may write X-Forwarded-For; only of a trusted proxy is it believed.
function addressReader(trusted: readonly string[]): (request: IncomingMessage) => string {
  if (trusted.length === 0) return ({ socket }) => socket.remoteAddress ?? '';
  const trust = proxyAddress.compile([...trusted]);
  return (request) => proxyAddress(request, trust);
}
