import { webhookUrlMistake } from '../../src/medium/webhook-url';
import { isPublicAddress } from '../../src/shared/public-address';
import { goodUrls, hostileUrls, innerAddresses } from './hostile-urls';

test('there are at least 120 addresses that no webhook goes to, and each is refused', () => {
  expect(new Set(hostileUrls).size).toBe(hostileUrls.length);
  expect(hostileUrls.length).toBeGreaterThanOrEqual(120);
  expect(hostileUrls.filter((url) => webhookUrlMistake(url, 'public') === undefined)).toEqual([]);
});

test('an address of the open internet is taken', () => {
  expect(goodUrls.map((url) => webhookUrlMistake(url, 'public'))).toEqual(goodUrls.map(() => undefined));
});

test('on a developer’s machine it may be the machine itself, without TLS, and still without credentials', () => {
  const judged = ['http://127.0.0.1:5432/x', 'https://localhost/x', 'http://user:word@127.0.0.1/', 'ftp://127.0.0.1/'];
  expect(judged.map((url) => webhookUrlMistake(url, 'any') === undefined)).toEqual([true, true, false, false]);
});

test('an address of one machine or network is not public, nor is what is no address', () => {
  expect(innerAddresses.filter(isPublicAddress)).toEqual([]);
  expect(['', 'x', '127.1', '8.8.8.8.', '[::1]', '1.2.3'].filter(isPublicAddress)).toEqual([]);
  expect(['8.8.8.8', '172.32.0.1', '2606:4700::1111'].every(isPublicAddress)).toBe(true);
});
