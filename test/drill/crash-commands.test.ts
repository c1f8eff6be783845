import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type DrillApi, makeApi } from '../../drill/api';
import type { DrillCampaign } from '../../drill/campaigns';
import type { Worker } from '../../drill/worker';
import { build } from '../demo/built-demo';
import { lines, type RemoteWorld, startRemoteWorld } from '../remote/remote-world';
import { until } from '../support/until';
import { type CrashCase, ofCommands } from './crash-cases';
import { SometimesTable } from './doomed';
import { type DrillStage, openDrillStage } from './drill-stage';
import { receipt, upTo } from './receipts';

const PEOPLE = 500;
const LINES = 12_000;
const patience = 120_000;
const dist = resolve(__dirname, '../../dist');

let stage: DrillStage;
let api: DrillApi;
let sender: Worker;
let dir: string;
const sometimes = new SometimesTable();

beforeAll(async () => {
  await build();
  dir = mkdtempSync(join(tmpdir(), 'campaign-commands-'));
  stage = await openDrillStage({ recipients: PEOPLE });
  api = await makeApi(stage, 'admin');
  sender = stage.worker('sender', 'sender', stage.provider);
  await stage.worker('dispatcher', 'dispatcher', stage.provider).start();
}, 180_000);
afterAll(async () => {
  sometimes.print();
  await stage.close();
  rmSync(dir, { recursive: true, force: true });
}, 60_000);

/** Sends the command to an API process that dies of it; whoever asked hears nothing but a broken connection. */
async function dieOf(
  point: string,
  command: string,
  id: string,
  settings: NodeJS.ProcessEnv = {},
): Promise<string | null> {
  await api.worker.start({ ...settings, CRASH_AT: point });
  const death = api.worker.death();
  await expect(send(command, id)).rejects.toThrow(/fetch failed/);
  return death;
}

async function send(command: string, id: string): Promise<void> {
  const reason = command === 'cancel' || command === 'pause' ? ', reason: "a drill"' : '';
  const mutation = `mutation ($id: ID!) { ${command}Campaign(input: { id: $id${reason} }) { userErrors { code message } } }`;
  const answer = await api.ask<Record<string, { userErrors: unknown[] }>>(mutation, { id });
  expect(answer[`${command}Campaign`]?.userErrors).toEqual([]);
}

async function obey(command: string, id: string): Promise<void> {
  await api.worker.start();
  await send(command, id);
  await api.worker.stop();
}

async function statusOf(id: string): Promise<string | undefined> {
  const [row] = await stage.database.query<{ status: string }>('select status from campaign.campaign where id = $1', [
    id,
  ]);
  return row?.status;
}

const exact = { differences: [], figures: { accepted: PEOPLE, acceptedTwice: 0, lost: 0 } };

/** With the sender at work at last: while the commands were given nothing may have left. */
async function expectExact(campaign: DrillCampaign): Promise<void> {
  await sender.start();
  expect(await stage.verdict(campaign)).toMatchObject(exact);
  await sender.stop();
}

test.each(ofCommands.start)(
  'a start whose API process dies at $point, asked for again and again, is one execution',
  async ({ point }) => {
    const id = await stage.campaigns.draft();
    const signals = [await dieOf(point, 'start', id), await dieOf(point, 'start', id)];
    sometimes.add({ point, on: 'api', signals });
    expect(await statusOf(id)).toBe(point === 'start:before-commit' ? 'draft' : 'running');
    await obey('start', id);
    await expectExact(await stage.campaigns.find(id));
  },
  patience,
);

/** Whom a campaign means is what a segment service names: everybody. */
async function nameRemotely(campaignId: string): Promise<RemoteWorld> {
  await stage.database.query(
    `update campaign.audience a set rules = null, remote_source = 'SEGMENT', remote_id = 'everybody'
     from campaign.campaign c where c.campaign_no = a.campaign_no and c.id = $1`,
    [campaignId],
  );
  const people = await stage.database.query<{ id: string }>(
    'select external_id as id from campaign.contact where org_no = $1',
    [stage.campaigns.organizationNo],
  );
  return startRemoteWorld(lines(people.map(({ id }) => id)));
}

const REMOTE = `query ($id: ID!) { campaign(id: $id) {
  audiences { remoteSegmentId rules }
  executions(first: 1) { edges { node { remoteLists { source remoteId readAt ageSeconds people unknown } } } } } }`;

test.each(ofCommands.remote)(
  'a start whose API process dies at $point, while a remote segment comes in, has not happened; asked again, it gets to everybody',
  async ({ point }) => {
    const id = await stage.campaigns.draft();
    const remote = await nameRemotely(id);
    const settings = { ISA_DATA_URL: remote.url };
    const signals = [await dieOf(point, 'start', id, settings), await dieOf(point, 'start', id, settings)];
    sometimes.add({ point, on: 'api', signals });
    expect(await statusOf(id)).toBe('draft');
    const whole = 'select 1 from campaign.remote_list where read_at is not null';
    expect(await stage.database.query(whole)).toEqual([]);
    await api.worker.start(settings);
    await send('start', id);
    expect(await api.ask(REMOTE, { id })).toMatchObject({
      campaign: {
        audiences: [{ remoteSegmentId: 'everybody', rules: null }],
        executions: { edges: [{ node: { remoteLists: [{ source: 'SEGMENT', remoteId: 'everybody', unknown: 0 }] } }] },
      },
    });
    await api.worker.stop();
    await expectExact(await stage.campaigns.find(id));
    await stage.database.query('delete from campaign.remote_list');
    await remote.close();
  },
  patience,
);

test.each([
  ['pause', 'running', 'paused'],
  ['resume', 'paused', 'running'],
  ['cancel', 'running', 'cancelled'],
] as const)(
  'a %s that dies before its commit has not happened',
  async (command, before, after) => {
    const campaign = await stage.campaigns.start();
    const { campaignId } = campaign;
    if (before === 'paused') await stage.campaigns.pause(campaignId);
    const point = 'status:before-commit';
    sometimes.add({
      point,
      on: 'api',
      signals: [await dieOf(point, command, campaignId), await dieOf(point, command, campaignId)],
    });
    expect(await statusOf(campaignId)).toBe(before);
    await obey(command, campaignId);
    expect(await statusOf(campaignId)).toBe(after);
    if (after === 'cancelled') return expectNobody(campaign);
    if (after === 'paused') await stage.campaigns.resume(campaignId);
    await expectExact(campaign);
  },
  patience,
);

test(
  'a pause, and the resume after it, that die after their commit have happened',
  async () => {
    const campaign = await stage.campaigns.start();
    const point = 'status:after-commit';
    const signals = [await dieOf(point, 'pause', campaign.campaignId)];
    expect(await statusOf(campaign.campaignId)).toBe('paused');
    signals.push(await dieOf(point, 'resume', campaign.campaignId));
    sometimes.add({ point, on: 'api', signals });
    await expectExact(campaign);
  },
  patience,
);

test(
  'a cancellation that dies after its commit has happened: nobody is written to',
  async () => {
    const campaign = await stage.campaigns.start();
    const point = 'status:after-commit';
    sometimes.add({ point, on: 'api', signals: [await dieOf(point, 'cancel', campaign.campaignId)] });
    await expectNobody(campaign);
  },
  patience,
);

test.each(ofCommands.retry)(
  'a retry whose API process dies at $point, asked for again and again, sends to the failed once',
  async ({ point }) => {
    const campaign = await stage.campaigns.start();
    await sender.start({ MAX_ATTEMPTS: '1' });
    const { ledger } = await stage.verdict(campaign);
    await sender.stop();
    const failed = ledger.filter((row) => row.disposition === 'failed').length;
    expect(failed).toBeGreaterThan(0);
    const dies = async () => {
      await api.worker.start({ CRASH_AT: point });
      const death = api.worker.death();
      await expect(retry(campaign, point)).rejects.toThrow(/fetch failed/);
      return death;
    };
    sometimes.add({ point, on: 'api', signals: [await dies(), await dies()] });
    await api.worker.start();
    expect(await retry(campaign, point)).toEqual({ messages: failed, userErrors: [] });
    await api.worker.stop();
    await expectExact(campaign);
  },
  patience,
);

test.each(ofCommands.test)(
  'a test send whose API process dies at $point, asked for again and again, is one execution',
  async ({ point }) => {
    const campaignId = await stage.campaigns.draft();
    const dies = async () => {
      await api.worker.start({ CRASH_AT: point });
      const death = api.worker.death();
      await expect(sendTest(campaignId, point)).rejects.toThrow(/fetch failed/);
      return death;
    };
    sometimes.add({ point, on: 'api', signals: [await dies(), await dies()] });
    await api.worker.start();
    expect(await sendTest(campaignId, point)).toEqual({ messages: 6, execution: { kind: 'TEST' }, userErrors: [] });
    await api.worker.stop();
    const campaign = await stage.campaigns.find(campaignId);
    await sender.start();
    const { differences, figures } = await stage.verdict(campaign);
    await sender.stop();
    expect({ differences, figures }).toMatchObject({
      differences: [],
      figures: { accepted: 6, acceptedTwice: 0, lost: 0 },
    });
  },
  patience,
);

async function sendTest(campaignId: string, idempotencyKey: string) {
  const mutation = `mutation ($input: SendTestInput!) {
    sendTest(input: $input) { messages execution { kind } userErrors { code } } }`;
  const addresses = [1, 2, 3].map((n) => `tester-${n}@example.com`);
  return (await api.ask<{ sendTest: unknown }>(mutation, { input: { campaignId, addresses, idempotencyKey } }))
    .sendTest;
}

async function retry({ execNo }: DrillCampaign, key: string) {
  const [execution] = await stage.database.query<{ id: string }>(
    'select id from campaign.execution where exec_no = $1',
    [execNo],
  );
  const mutation = `mutation ($id: ID!, $key: String!) {
    retryFailed(input: { executionId: $id, idempotencyKey: $key }) { messages userErrors { code } } }`;
  return (await api.ask<{ retryFailed: unknown }>(mutation, { id: execution?.id, key })).retryFailed;
}

async function expectNobody(campaign: DrillCampaign): Promise<void> {
  await sender.start();
  const { differences, figures, ledger } = await stage.verdict(campaign, 'cancelled');
  await sender.stop();
  expect({ differences, accepted: figures.accepted }).toEqual({ differences: [], accepted: 0 });
  expect(ledger.filter((row) => row.disposition !== 'cancelled' && row.disposition !== 'skipped')).toEqual([]);
}

interface Ran {
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** Runs a program to its end; by whose signal it ended, and what it said. */
function run(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Ran> {
  const { PATH } = process.env;
  const env = { PATH, DATABASE_URL: stage.parts.databaseUrl, ...environment };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (part: Buffer) => {
    output += part.toString();
  });
  return new Promise((resolve) => child.once('close', (_code, signal) => resolve({ signal, output })));
}

test.each(ofCommands.import)(
  'an import that dies at $point, twice in a row, and is repeated has everybody once',
  async ({ point, passage }) => {
    const organization = `org_${point.replaceAll(/\W/g, '_')}`;
    const file = join(dir, `${organization}.csv`);
    writeFileSync(file, ['external_id,email', ...upTo(LINES).map((n) => `p${n},p${n}@example.com`)].join('\n'));
    const command = [join(dist, 'src/contact/import-command.js'), file, '--org', organization, '--json'];
    const deaths = [`${point}@${passage}`, point].map((setting) => ({ CRASH_AT: setting }));
    const signals = [];
    for (const armed of deaths) signals.push((await run(command, armed)).signal);
    sometimes.add({ point, on: 'import', signals });
    expect(JSON.parse((await run(command, {})).output)).toMatchObject({ accepted: LINES, rejected: 0 });
    expect(await countContacts(organization)).toEqual({ rows: LINES, people: LINES });
  },
  patience,
);

test.each(ofCommands.import)(
  'an import of suppressions that dies at $point, twice in a row, and is repeated has each of them once',
  async ({ point, passage }) => {
    const organization = `org_no_${point.replaceAll(/\W/g, '_')}`;
    const file = join(dir, `${organization}.csv`);
    writeFileSync(file, ['user_id,email', ...upTo(LINES).map((n) => `p${n},p${n}@example.com`)].join('\n'));
    const command = [join(dist, 'src/suppression/import-command.js'), file, '--org', organization, '--json'];
    const deaths = [`${point}@${passage}`, point].map((setting) => ({ CRASH_AT: setting }));
    for (const armed of deaths) await run(command, armed);
    const report = JSON.parse((await run(command, {})).output);
    expect(report).toMatchObject({ accepted: LINES, rejected: 0 });
    const [row] = await stage.database.query(
      `select (select count(*) from campaign.suppression where org_no = o.org_no) as people,
         (select count(*) from campaign.address_suppression where org_no = o.org_no) as addresses
       from campaign.organization o where id = $1`,
      [organization],
    );
    expect(row).toEqual({ people: LINES, addresses: LINES });
  },
  patience,
);

async function countContacts(organization: string) {
  const [row] = await stage.database.query(
    `select count(*) as rows, count(distinct external_id) as people
     from campaign.contact join campaign.organization using (org_no) where id = $1`,
    [organization],
  );
  return row;
}

/** What a replay does, as a process of its own. */
const replay = `
const { openDatabase } = require('${dist}/src/adapters/postgres');
const { openBus } = require('${dist}/src/adapters/nats');
const { replayDeadLetters } = require('${dist}/src/events/dead-letter-replay');
require('${dist}/src/shared/crash-point').armCrashPoint(process.env.CRASH_AT);
(async () => {
  const database = openDatabase({ url: process.env.DATABASE_URL, role: 'campaign_dispatcher', applicationName: 'replay' });
  const log = { info() {}, warn() {}, error() {} };
  const bus = await openBus({ url: process.env.NATS_URL, name: 'replay', log });
  process.stdout.write(String(await replayDeadLetters({ database, bus, clock: () => new Date() })));
  process.exit();
})();`;

test.each(ofCommands.replay as readonly CrashCase[])(
  'dead letters whose replay dies at $point, twice in a row, count once',
  async ({ point }) => {
    const campaign = await stage.campaigns.start();
    await expectExact(campaign);
    const { execNo } = campaign;
    const letters = upTo(20).map((seq) => receipt({ kind: 'opened', execNo, seq }));
    await stage.database.query(
      `insert into campaign.dead_letter (org_no, subject, payload, reason, deliveries)
       select $1, 'notification.opened', payload, 'a drill', 1 from unnest($2::text[]) as payload`,
      [stage.campaigns.organizationNo, letters.map(({ payload }) => String(payload))],
    );
    const dying = { NATS_URL: stage.parts.natsUrl, CRASH_AT: point };
    const signals = [(await run(['-e', replay], dying)).signal, (await run(['-e', replay], dying)).signal];
    sometimes.add({ point, on: 'replay', signals });
    expect((await run(['-e', replay], { NATS_URL: stage.parts.natsUrl })).output).toBe('20');
    await until('the openings', async () => (await countOpened(execNo)).messages === 20);
    expect(await countOpened(execNo)).toEqual({ messages: 20, touches: 20 });
    expect(await stage.verdict(campaign)).toMatchObject(exact);
  },
  patience,
);

async function countOpened(execNo: number) {
  const [row] = await stage.database.query<{ messages: number; touches: number }>(
    `select (select count(*) from campaign.message where exec_no = $1 and opened_at is not null) as messages,
       (select count(*) from campaign.touch where exec_no = $1 and kind = 1) as touches`,
    [execNo],
  );
  return row ?? { messages: 0, touches: 0 };
}

test('each point was passed, and killed its process twice or with every verb', () => {
  const fired = new Set(sometimes.deaths.map(({ point }) => point));
  const wanted = Object.values<readonly CrashCase[]>(ofCommands).flatMap((some) => some.map(({ point }) => point));
  expect([...fired].sort()).toEqual([...wanted].sort());
  expect(new Set(sometimes.deaths.flatMap(({ signals }) => signals))).toEqual(new Set(['SIGKILL']));
});
