import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Global unicast: all else of IPv6 is of one machine or network, holds an IPv4 address, or is not given out. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address is one of the open internet. Private, shared, loopback, link-local, documentation, multicast and
 * reserved ones are not, nor those that lead to an IPv4 address in another's clothes (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_V6);
}
