import { createHttpProvider } from '../../src/transports/http-provider';
import type { Transport } from '../../src/transports/transport';
import { accept, type HttpWorld, json, startHttpWorld } from './http-world';
import { outgoing } from './outgoing';

let world: HttpWorld;
let provider: Transport;
const two = [outgoing(1), outgoing(2)];

beforeAll(async () => {
  world = await startHttpWorld();
  provider = createHttpProvider({ url: world.url, timeoutMs: 1_500 });
});
afterAll(async () => {
  await provider.close();
  await world.close();
});
beforeEach(() => {
  world.requests.length = 0;
  world.play = accept;
});

const outcomes = async () => (await provider.handOver(two)).map(({ outcome }) => outcome);

test('a batch is one request, over connections that are kept', async () => {
  expect(await outcomes()).toEqual(['accepted', 'accepted']);
  for (let turn = 0; turn < 20; turn++) expect(await outcomes()).toEqual(['accepted', 'accepted']);
  expect(world.connections()).toBeLessThanOrEqual(provider.concurrency);
  expect(world.requests).toHaveLength(21);
  expect(world.requests[0]).toMatchObject([
    {
      key: 'msg_1:1',
      messageId: 'msg_1',
      attempt: 1,
      channel: 'email',
      to: 'person-1@example.com',
      subject: 'Hello 1',
    },
    { key: 'msg_2:1' },
  ]);
});

test('each message gets its own answer, whatever their order', async () => {
  world.play = (_, response) =>
    json(response, {
      results: [
        { key: 'msg_2:1', status: 'refused', reason: 'mailbox full', permanent: false },
        { key: 'msg_1:1', status: 'accepted', providerId: 'p-1' },
      ],
    });
  expect(await provider.handOver(two)).toEqual([
    { key: 'msg_1:1', outcome: 'accepted', providerId: 'p-1' },
    { key: 'msg_2:1', outcome: 'refused', reason: 'mailbox full', permanent: false },
  ]);
});

test('nobody listening: refused for now, and it never left', async () => {
  for (const url of ['http://127.0.0.1:1', 'http://nowhere.invalid']) {
    const gone = createHttpProvider({ url });
    expect(await gone.handOver([outgoing(1)])).toEqual([
      { key: 'msg_1:1', outcome: 'refused', reason: expect.any(String), permanent: false, neverLeft: true },
    ]);
    await gone.close();
  }
});

test.each([401, 404, 429, 503])('a whole answer of %i refuses for now', async (status) => {
  world.play = (_, response) => json(response, {}, status);
  const refused = { outcome: 'refused', reason: `http ${status}`, permanent: false, ofRequest: true };
  expect(await provider.handOver(two)).toEqual([
    { key: 'msg_1:1', ...refused },
    { key: 'msg_2:1', ...refused },
  ]);
});

test.each([500, 502, 504, 302])('an answer of %i tells nothing of the messages', async (status) => {
  world.play = (_, response) => json(response, {}, status);
  expect(await outcomes()).toEqual(['unanswered', 'unanswered']);
});

test('a poisonous message is refused for good, and its batch leaves without it', async () => {
  world.play = (messages, response, socket) =>
    messages.some(({ key }) => key === 'msg_3:1') ? json(response, {}, 422) : accept(messages, response, socket);
  const answers = await provider.handOver([1, 2, 3, 4, 5].map((n) => outgoing(n)));
  expect(answers.map(({ key }) => key)).toEqual(['msg_1:1', 'msg_2:1', 'msg_3:1', 'msg_4:1', 'msg_5:1']);
  expect(answers.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'refused', 'accepted', 'accepted']);
  expect(answers[2]).toMatchObject({ permanent: true });
});

test('no answer in time is unanswered', async () => {
  world.play = () => {};
  expect(await outcomes()).toEqual(['unanswered', 'unanswered']);
  world.play = (_, response) => void response.writeHead(200).write('{"results":');
  expect(await outcomes()).toEqual(['unanswered', 'unanswered']);
});

test('a connection reset before or within the answer is unanswered', async () => {
  world.play = (_messages, _response, socket) => socket.resetAndDestroy();
  expect(await outcomes()).toEqual(['unanswered', 'unanswered']);
  world.play = (_, response, socket) => {
    response.writeHead(200, { 'content-length': 500 });
    response.write('{"results":[', () => socket.destroy());
  };
  expect(await outcomes()).toEqual(['unanswered', 'unanswered']);
});

test.each([
  ['not JSON', '<html>'],
  ['another shape', '{"ok":true}'],
  ['rows of nonsense', '{"results":[null,7,{"key":"msg_1:1","status":"maybe"},{"status":"accepted"}]}'],
])('a garbled 200 (%s) is unanswered', async (_, body) => {
  world.play = (_messages, response) => void response.writeHead(200).end(body);
  expect(await outcomes()).toEqual(['unanswered', 'unanswered']);
});

test('what a 200 leaves out is unanswered', async () => {
  world.play = (_, response) => json(response, { results: [{ key: 'msg_2:1', status: 'accepted' }] });
  expect(await outcomes()).toEqual(['unanswered', 'accepted']);
});

test('an answer without end is not read to its end', async () => {
  world.play = (_, response) => void response.writeHead(200).end('x'.repeat(5_000_000));
  expect(await outcomes()).toEqual(['unanswered', 'unanswered']);
});

test('aborted before it is sent: never left; aborted on the wire: unanswered', async () => {
  expect(await provider.handOver(two, AbortSignal.abort())).toMatchObject([{ neverLeft: true }, { neverLeft: true }]);
  expect(world.requests).toHaveLength(0);
  const stop = new AbortController();
  world.play = () => stop.abort();
  expect(await provider.handOver(two, stop.signal)).toMatchObject([
    { outcome: 'unanswered' },
    { outcome: 'unanswered' },
  ]);
});
