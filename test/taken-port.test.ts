import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { refuseTakenPort } from '../src/taken-port';

describe('the port of the api', () => {
  let server: Server;
  const host = '127.0.0.1';
  beforeAll(
    () =>
      new Promise<void>((resolve) => {
        server = createServer().listen(0, host, resolve);
      }),
  );
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('that another program listens on is refused in a sentence', async () => {
    const { port } = server.address() as AddressInfo;
    await expect(refuseTakenPort({ host, port })).rejects.toThrow(`PORT: ${port} is taken by another program`);
  });

  test('that is free is free afterwards, too', async () => {
    await refuseTakenPort({ host, port: 0 });
  });
});
