import { isIP } from 'node:net';
import { isPublicAddress } from '../shared/public-address';
import type { ContentRules } from './medium';

/** Names that lead into a machine or a network, whatever a resolver says. */
const INNER = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa)$/;

/** Below 1,024 only this one; and none of databases, caches, queues and remote control above it. */
const HTTPS_PORT = 443;
const OTHERS_PORTS: ReadonlySet<number> = new Set([
  ...[1_433, 1_521, 2_049, 2_181, 2_375, 2_376, 2_379, 2_380, 3_306, 3_389, 4_222, 4_369, 5_432, 5_672, 5_900, 5_984],
  ...[6_000, 6_222, 6_379, 6_443, 6_665, 6_666, 6_667, 6_668, 6_669, 7_000, 7_001, 7_199, 8_222, 9_042, 9_092, 9_200],
  ...[9_300, 10_250, 11_211, 15_672, 26_379, 27_017, 27_018, 50_070],
]);

/**
 * Why no webhook goes there; undefined where one may. This is the judgement when it is saved, on what is written: whoever
 * connects resolves the name and judges every address that it leads to. A developer's machine
 * may speak to itself, and without TLS.
 */
export function webhookUrlMistake(written: string, targets: ContentRules['webhookTargets']): string | undefined {
  // A parser takes these for something else, or leaves them out: what is read must be what is judged.
  if (/[^\x21-\x7e]|[\\<>"^`{|}]/.test(written)) return 'an address has no spaces, backslashes or letters beyond ASCII';
  const url = URL.parse(written);
  if (!url || !/^https?:\/\/[^/]/i.test(written)) return 'it is no address that begins with https://';
  if (/^https?:\/\/[^/?#]*@/i.test(written)) return 'an address must hold no credentials: use a header';
  if (url.hash !== '') return 'an address must have no fragment';
  if (targets === 'any') return undefined;
  if (url.protocol !== 'https:') return 'it must begin with https://';
  return hostMistake(url.hostname) ?? portMistake(url.port);
}

function hostMistake(hostname: string): string | undefined {
  const host = hostname.replace(/\.+$/, '');
  const literal = host.startsWith('[') ? host.slice(1, -1) : host;
  if (isIP(literal) > 0)
    return isPublicAddress(literal) ? undefined : 'it leads to an address that is not of the open internet';
  return !host.includes('.') || INNER.test(host) ? 'it leads to a name of an inner network' : undefined;
}

function portMistake(written: string): string | undefined {
  const port = written === '' ? HTTPS_PORT : Number(written);
  const open = port === HTTPS_PORT || (port >= 1_024 && !OTHERS_PORTS.has(port));
  return open ? undefined : `no webhook goes to port ${port}`;
}
