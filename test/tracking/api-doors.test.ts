import { readConfig } from '../../src/config';
import { encodeTrackingToken } from '../../src/content/tracking-token';
import { startApi } from '../../src/graphql/api-role';
import { createLog } from '../../src/log';
import { encodeMessageId, messageIdKeys } from '../../src/shared/message-id';
import { createTestDatabase } from '../support/database';
import { testNatsUrl } from '../support/local-servers';

test('an api opens the doors with the keys of its settings, and asks the ledger as one that sees every tenant', async () => {
  const database = await createTestDatabase();
  const servers = { DATABASE_URL: database.url, NATS_URL: testNatsUrl() };
  const config = readConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', PORT: '0', HOST: '127.0.0.1', ...servers });
  const api = await startApi(config, createLog(config, 'api'));
  const messageId = encodeMessageId(messageIdKeys(config.idSecret), 20_000 * 2 ** 32, 1);
  const token = (act: 'click' | 'open' | 'unsubscribe' | 'view') =>
    encodeTrackingToken(messageIdKeys(config.trackingSecret), { messageId, act, link: act === 'click' ? 1 : 0 });
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${api.port}${path}`);
    return [answer.status, (await answer.text()).includes('<h1>')];
  };
  expect(await get(`/u/${token('unsubscribe')}`)).toEqual([200, true]);
  // The ledger has no such message; a door that could not ask it would answer 503.
  expect(await get(`/t/c/${token('click')}`)).toEqual([404, true]);
  expect(await get(`/t/o/${token('open')}`)).toEqual([404, true]);
  expect(await get(`/v/${token('view')}`)).toEqual([404, true]);
  await api.stop();
  await database.close();
});
