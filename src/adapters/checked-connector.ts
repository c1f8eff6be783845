import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';

/** Every address that a name leads to. Throws what a resolver throws. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** Where a connection may lead. */
export interface CheckedTargets {
  readonly connectTimeoutMs: number;
  readonly mayConnect: (address: string) => boolean;
  /** A test's own; the machine's resolver when absent. */
  readonly resolve?: Resolve | undefined;
}

/** No connection was made: not a byte of a request has left. */
export class NotConnected extends Error {
  override readonly name: string = 'NotConnected';
}

/** The name leads where nobody may connect to. */
export class ForbiddenAddress extends NotConnected {
  override readonly name = 'ForbiddenAddress';
}

/**
 * Connects to checked addresses only: the name is resolved once, all of its addresses are judged, and the connection goes
 * to one of those very addresses. Whoever answers another address to the next question has no say any more.
 */
export function checkedConnector(targets: CheckedTargets): buildConnector.connector {
  const lookupChecked = checkedLookup(targets);
  const connect = buildConnector({ allowH2: false, timeout: targets.connectTimeoutMs, lookup: lookupChecked });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    // A literal address is not looked up.
    if (isIP(host) > 0 && !targets.mayConnect(host)) return callback(new ForbiddenAddress('a forbidden address'), null);
    connect(options, (error, socket) => {
      if (error) return callback(error instanceof NotConnected ? error : new NotConnected(reasonOf(error)), null);
      if (targets.mayConnect(socket.remoteAddress ?? '')) return callback(null, socket);
      socket.destroy();
      callback(new ForbiddenAddress('it came to a forbidden address'), null);
    });
  };
}

function checkedLookup({ mayConnect, resolve = resolveBySystem }: CheckedTargets): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (!first) return callback(new NotConnected('the name leads nowhere'), '', 0);
        if (!addresses.every(({ address }) => mayConnect(address)))
          return callback(new ForbiddenAddress('the name leads to a forbidden address'), '', 0);
        if (options.all) return callback(null, [...addresses]);
        callback(null, first.address, first.family);
      },
      (error: unknown) => callback(new NotConnected(reasonOf(error)), '', 0),
    );
  };
}

const resolveBySystem: Resolve = (hostname) =>
  new Promise((found, failed) => {
    lookup(hostname, { all: true, verbatim: true }, (error, addresses) => (error ? failed(error) : found(addresses)));
  });

const reasonOf = (error: unknown): string => {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code;
  return error instanceof Error ? error.message.slice(0, 100) : 'no connection';
};
