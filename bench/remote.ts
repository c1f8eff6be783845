import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pino } from 'pino';
import { drillOrganization } from '../drill/campaigns';
import { openDatabase } from '../src/adapters/postgres';
import { startCampaign } from '../src/campaign/start-campaign';
import { readConfig } from '../src/config';
import { expandStep } from '../src/dispatch/expand';
import { createOrm } from '../src/orm';
import { openRemoteLists } from '../src/remote-list/open-remote-lists';
import { createScope } from '../src/scope';
import { systemClock } from '../src/shared/clock';
import { Stack } from '../src/shared/lifecycle';
import { type Ground, machineLoad, openGround } from './ground';
import type { BenchOptions, BenchResult } from './options';

/** A remote segment of the whole directory: read into a list, then expanded; and what memory the reading takes. */
export async function remoteBench(options: BenchOptions, print: (line: string) => void): Promise<BenchResult> {
  const ground = await openGround(options, options.recipients, print);
  const server = fork(join(__dirname, 'segment-server.js'), [String(options.recipients)]);
  try {
    const [port] = (await once(server, 'message')) as [number];
    const load = machineLoad();
    const read = await measureReading(ground, `http://127.0.0.1:${port}`);
    const expanded = await measureExpansion(ground, options.recipients);
    return {
      table: [
        `${options.recipients} ids read in ${read.seconds} s: ${read.perSecond} a second`,
        `memory of the process: ${read.rssBefore} MB before, ${read.rssPeak} MB at most while reading`,
        `started in ${expanded.startMs} ms; expanded in ${expanded.seconds} s: ${expanded.perSecond} a second; a step took ${expanded.slowest} ms at most`,
        `load of the machine: ${load} before, ${machineLoad()} after`,
      ],
      figures: { recipients: options.recipients, read, expanded, load },
    };
  } finally {
    await end(server);
    await ground.close();
  }
}

async function end(server: ChildProcess): Promise<void> {
  const ended = once(server, 'exit');
  server.disconnect();
  await ended;
}

async function measureReading({ stage }: Ground, url: string) {
  const { databaseUrl, natsUrl } = stage.parts;
  const config = readConfig({ DATABASE_URL: databaseUrl, NATS_URL: natsUrl, ISA_DATA_URL: url });
  const database = openDatabase({ url: databaseUrl, role: 'campaign_app', poolSize: 2, applicationName: 'bench' });
  const stack = new Stack();
  const lists = openRemoteLists(config, database, pino({ level: 'error' }), stack);
  const memory = watchMemory();
  const began = performance.now();
  const owner = { organizationId: drillOrganization, organizationNo: stage.campaigns.organizationNo };
  const wish = { purpose: 'start', patienceMs: 3_600_000 } as const;
  await lists.prepare(owner, [{ source: 'SEGMENT', id: 'everybody', path: 'audiences[0]' }], wish);
  const took = performance.now() - began;
  const [list] = await stage.database.query<{ people: number }>('select people from campaign.remote_list');
  await stack.stop();
  await database.close();
  return { ...memory.stop(), ...rate(list?.people ?? 0, took) };
}

function watchMemory() {
  const megabytes = () => Math.round(process.memoryUsage.rss() / 1_048_576);
  const rssBefore = megabytes();
  let rssPeak = rssBefore;
  const timer = setInterval(() => {
    rssPeak = Math.max(rssPeak, megabytes());
  }, 20);
  return {
    stop: () => {
      clearInterval(timer);
      return { rssBefore, rssPeak };
    },
  };
}

const rate = (people: number, took: number) => ({
  people,
  seconds: Math.round(took / 100) / 10,
  perSecond: Math.round((people / took) * 1_000),
});

/** A campaign that means what the segment service named, and nothing else: started, then expanded. */
async function measureExpansion({ stage }: Ground, recipients: number) {
  const id = await stage.campaigns.draft();
  await stage.database.query(MEANS_REMOTE, [id]);
  const began = performance.now();
  await start(stage, id);
  const startMs = Math.round(performance.now() - began);
  const { execNo } = await stage.campaigns.find(id);
  const from = performance.now();
  let slowest = 0;
  for (let closed = false; !closed; ) {
    const step = performance.now();
    ({ closed } = await expandStep(stage.database, { execNo, now: systemClock(), batch: 10_000, chunkSize: 500 }));
    slowest = Math.max(slowest, Math.round(performance.now() - step));
  }
  return { ...rate(recipients, performance.now() - from), slowest, startMs };
}

async function start({ parts, campaigns }: Ground['stage'], id: string): Promise<void> {
  const url = parts.databaseUrl;
  const database = openDatabase({ url, role: 'campaign_app', poolSize: 2, applicationName: 'bench' });
  const orm = await createOrm({ url, applicationName: 'bench', poolSize: 1 });
  const messageIds = { encode: () => 'msg_x', decode: () => undefined };
  const { organizationNo } = campaigns;
  const viewer = { organizationId: drillOrganization, organizationNo, userId: 'bench', role: 'admin' } as const;
  await startCampaign(createScope({ database, entityManager: orm.em, now: systemClock, messageIds }, viewer), { id });
  await orm.close();
  await database.close();
}

const MEANS_REMOTE = `
update campaign.audience a set rules = null, remote_source = 'SEGMENT', remote_id = 'everybody'
from campaign.campaign c where c.campaign_no = a.campaign_no and c.id = $1`;
