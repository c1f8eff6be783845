import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnd } from '../../drill/ledger-view';
import { openStage, type Stage } from '../../drill/stage';
import { findDifferences } from '../../src/operations/check-invariants';
import { CHANNEL } from '../../src/shared/ledger-codes';
import { build } from '../demo/built-demo';
import { until } from '../support/until';

interface Taken {
  readonly key: string;
  readonly channel: string;
  readonly to: string;
  readonly body?: string;
  readonly html?: string;
}

const taken: Taken[] = [];
let provider: Server;
let stage: Stage;
let dir: string;

const RECIPIENTS = 30;

beforeAll(async () => {
  await build();
  provider = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const { messages }: { messages: Taken[] } = JSON.parse(text);
    taken.push(...messages);
    response.end(JSON.stringify({ results: messages.map(({ key }) => ({ key, status: 'accepted' })) }));
  }).listen(0, '127.0.0.1');
  await until('the provider', () => provider.listening);
  dir = mkdtempSync(join(tmpdir(), 'campaign-channels-'));
  stage = await openStage({
    dir,
    recipients: RECIPIENTS,
    channels: 'mixed',
    durable: false,
    environment: { PROVIDER_URL: `http://127.0.0.1:${(provider.address() as AddressInfo).port}` },
    print: () => undefined,
  });
  await Promise.all([
    stage.worker('dispatcher', 'dispatcher', {}).start(),
    stage.worker('sender', 'sender', {}).start(),
  ]);
}, 120_000);
afterAll(async () => {
  await stage?.close();
  provider?.close();
  if (dir) rmSync(dir, { recursive: true, force: true });
});

const hasText = (n: number) => n % 3 === 0;
const hasPush = (n: number) => n % 3 < 2;
const numbers = Array.from({ length: RECIPIENTS }, (_, index) => index + 1);
const texts = numbers.filter(hasText).map((n) => `sms +49151${1_000_000 + n}`);
const pushes = (of: readonly number[]) => of.filter(hasPush).map((n) => `push token-${n}`);
const mails = (of: readonly number[]) => of.map((n) => `email customer-${n}@example.com`);

async function run(strategy: 'FIRST_ELIGIBLE' | 'ALL') {
  taken.length = 0;
  const campaign = await stage.campaigns.startMixed(strategy);
  await until('the end', async () => (await readEnd(stage.database, campaign.execNo)).status === 'completed', 60_000);
  const counted = await stage.database.query<{ channel: number; sent: number; people: number }>(
    `select channel, sum(sent)::int as sent, sum(people)::int as people from campaign.counter
     where exec_no = $1 and goal = 0 group by 1 order by 1`,
    [campaign.execNo],
  );
  expect(await findDifferences(stage.database, campaign.execNo)).toEqual([]);
  return counted;
}

const sent = () => taken.map(({ channel, to }) => `${channel} ${to}`).sort();

test('by the first channel that takes them: one message for each person, each on its own way out', async () => {
  const counted = await run('FIRST_ELIGIBLE');
  const others = numbers.filter((n) => !hasText(n));
  const mailed = others.filter((n) => !hasPush(n));
  expect(sent()).toEqual([...texts, ...pushes(others), ...mails(mailed)].sort());
  expect(taken.find(({ channel }) => channel === 'sms')?.body).toMatch(/^(Short|Long): hello Ada \d+$/);
  expect(taken.find(({ channel }) => channel === 'email')?.html).toContain('Hello Ada');
  expect(counted.map((row) => [row.channel, row.sent])).toEqual([
    [CHANNEL.email, mailed.length],
    [CHANNEL.sms, texts.length],
    [CHANNEL.push, pushes(others).length],
  ]);
}, 120_000);

test('by all channels that take them: a message for each person and channel, people counted once', async () => {
  const counted = await run('ALL');
  expect(sent()).toEqual([...texts, ...pushes(numbers), ...mails(numbers)].sort());
  expect(counted.map((row) => [row.channel, row.sent])).toEqual([
    [CHANNEL.email, RECIPIENTS],
    [CHANNEL.sms, texts.length],
    [CHANNEL.push, pushes(numbers).length],
  ]);
  expect(counted.reduce((sum, { people }) => sum + people, 0)).toBe(RECIPIENTS + 2);
}, 120_000);
