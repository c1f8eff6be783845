import { once } from 'node:events';
import { createServer } from 'node:net';
import { createSmtp } from '../../src/transports/smtp';
import type { Transport } from '../../src/transports/transport';
import { mailOf, outgoing } from './outgoing';
import { type SmtpWorld, startSmtpWorld } from './smtp-world';

const from = { name: 'Shop, the best', address: 'shop@example.com' };
let world: SmtpWorld;
let smtp: Transport;

const connect = (port: number) =>
  createSmtp({
    host: '127.0.0.1',
    port,
    requireTls: false,
    from,
    domain: 'mail.example.com',
    connections: 2,
    bounceAddress: 'bounce@example.com',
  });

beforeAll(async () => {
  world = await startSmtpWorld();
  smtp = connect(world.port);
});
afterAll(async () => {
  await smtp.close();
  await world.close();
});
beforeEach(() => {
  world.mails.length = 0;
});

test('a mail arrives once, at one recipient, with its own headers', async () => {
  const content = { ...mailOf(1), unsubscribeUrl: 'https://example.com/u/token', senderName: 'A; B' };
  const [answer] = await smtp.handOver([outgoing(1, { content })]);
  expect(answer).toMatchObject({ key: 'msg_1:1', outcome: 'accepted' });
  expect(world.mails).toHaveLength(1);
  const [mail] = world.mails;
  expect(mail?.recipients).toEqual(['person-1@example.com']);
  expect(mail?.sender).toBe('bounce@example.com');
  expect(mail?.raw).toMatch(/^Message-ID: <msg_1@mail\.example\.com>\r$/m);
  expect(mail?.raw).toMatch(/^List-Unsubscribe: <https:\/\/example\.com\/u\/token>\r$/m);
  expect(mail?.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  expect(mail?.raw).toMatch(/^From: "A; B" <shop@example\.com>\r$/m);
  expect(mail?.raw).toMatch(/multipart\/alternative/);
});

test('what the server refuses for good is refused for good', async () => {
  expect(await smtp.handOver([outgoing(1, { to: 'refuse-550@example.com' })])).toEqual([
    { key: 'msg_1:1', outcome: 'refused', reason: 'smtp 550 at RCPT TO', permanent: true },
  ]);
  expect(await smtp.handOver([outgoing(2, { to: 'spam-554@example.com' })])).toEqual([
    { key: 'msg_2:1', outcome: 'refused', reason: 'smtp 554 at DATA', permanent: true },
  ]);
});

test('what the server defers is refused for now', async () => {
  expect(await smtp.handOver([outgoing(1, { to: 'defer-450@example.com' })])).toEqual([
    { key: 'msg_1:1', outcome: 'refused', reason: 'smtp 450 at RCPT TO', permanent: false },
  ]);
});

test('an answer lost after the body is unanswered, and the mail is not sent again by itself', async () => {
  const [answer] = await smtp.handOver([outgoing(1, { to: 'drop-after@example.com' })]);
  expect(answer).toMatchObject({ key: 'msg_1:1', outcome: 'unanswered' });
  expect(await smtp.handOver([outgoing(2), outgoing(3)])).toMatchObject([
    { outcome: 'accepted' },
    { outcome: 'accepted' },
  ]);
  expect(world.mails.filter(({ recipients }) => recipients[0] === 'drop-after@example.com')).toHaveLength(1);
});

test('a connection cut within the body is unanswered', async () => {
  const [answer] = await smtp.handOver([outgoing(1, { to: 'drop-within@example.com' })]);
  expect(answer).toMatchObject({ outcome: 'unanswered' });
});

test('a server that is not there has seen nothing', async () => {
  const gone = connect(1);
  expect(await gone.handOver([outgoing(1)])).toEqual([
    { key: 'msg_1:1', outcome: 'refused', reason: expect.any(String), permanent: false, neverLeft: true },
  ]);
  await gone.close();
});

test('a server that hangs up before the body has seen nothing', async () => {
  const rude = createServer((socket) => socket.end('220 hello\r\n')).listen(0, '127.0.0.1');
  await once(rude, 'listening');
  const address = rude.address();
  const there = connect(typeof address === 'object' && address ? address.port : 0);
  expect(await there.handOver([outgoing(1)])).toMatchObject([
    { outcome: 'refused', permanent: false, neverLeft: true },
  ]);
  await there.close();
  rude.close();
});

test('one that could become two recipients or another header never leaves', async () => {
  const tricks = [
    'a@example.com, b@example.com',
    'a@example.com;b@example.com',
    'A <a@example.com>',
    'a@example.com\r\nBcc: b@example.com',
  ];
  for (const to of tricks) {
    expect(await smtp.handOver([outgoing(1, { to })])).toMatchObject([{ outcome: 'refused', permanent: true }]);
  }
  const content = { ...mailOf(1), subject: 'Hello\r\nBcc: b@example.com' };
  expect(await smtp.handOver([outgoing(1, { content })])).toMatchObject([{ outcome: 'refused', permanent: true }]);
  expect(world.mails).toHaveLength(0);
});

test('an aborted mail that was not begun has not left', async () => {
  const answers = await smtp.handOver([outgoing(1)], AbortSignal.abort());
  expect(answers).toMatchObject([{ outcome: 'refused', neverLeft: true }]);
  expect(world.mails).toHaveLength(0);
});
