import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { type Bus, openBus } from '../src/adapters/nats';
import { type Database, openDatabase } from '../src/adapters/postgres';
import { signToken } from '../src/identity/token';
import { startLocalParts } from '../src/local/local-parts';
import { migrate } from '../src/migrate';
import { type Askable, startAskable } from './child-asking';
import { machineLoad } from './ground';
import type { BenchOptions, BenchResult } from './options';
import type { Arrivals, SubscriptionClientSettings } from './subscription-clients';
import type { Memory, SubscriptionServerSettings } from './subscription-server';

type Server = Askable<{ memory: [null, Memory]; cpuMicros: [null, number] }> & { readonly ready: unknown };
type Clients = Askable<{
  open: [null, null];
  latencies: [ReadonlyMap<number, number>, Arrivals];
  reconnect: [number, null];
  settled: [number, { behind: number; steppedBack: number }];
}>;

const SECONDS = 30;
const RECONNECTS = 100;
const organizationId = 'org_bench';
const secret = 'the-secret-of-a-benchmark-with-32-bytes-or-more';
const query = `subscription { executionProgress(executionId: "exe_bench") {
  cursor status metrics { sent delivered opened clicked bounced } reconciliation { audience queued inFlight } } }`;

/** What one kind of execution costs. */
interface Measured {
  readonly cores: number;
  readonly heapKb: number;
  readonly residentKb: number;
  readonly p50: number;
  readonly p99: number;
  readonly seen: number;
  readonly gaps: number;
}

/** So many subscriptions on as many sockets of one process, one change a second, beside plain graphql-ws. */
export async function subscribersBench(options: BenchOptions, print: (line: string) => void): Promise<BenchResult> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'campaign-bench-'));
  const parts = await startLocalParts({ dir, durable: true, parts: ['postgres', 'nats'], print });
  try {
    await migrate(parts.databaseUrl);
    const ground = await openSubject(parts.databaseUrl, parts.natsUrl);
    const ours = await measure('ours', options.subscribers, parts, ground, print);
    const plain = await measure('plain', options.subscribers, parts, ground, print);
    await ground.close();
    return resultOf(options.subscribers, ours, plain);
  } finally {
    await parts.stop();
    if (!options.dir) rmSync(dir, { recursive: true, force: true });
  }
}

/** The execution that everybody follows. */
interface Subject {
  /** One more was sent: its new figure, and when it was committed. */
  change(): Promise<{ value: number; at: number }>;
  close(): Promise<void>;
}

async function openSubject(databaseUrl: string, natsUrl: string): Promise<Subject> {
  const log = pino({ level: 'silent' });
  const bus: Bus = await openBus({ url: natsUrl, name: 'bench', log });
  await bus.ensureStreams();
  const database = openDatabase({ url: databaseUrl, role: 'campaign_dispatcher', applicationName: 'bench' });
  const execNo = await writeExecution(database);
  return {
    change: async () => {
      const [row] = await database.query<{ sent: number }>(
        'update campaign.counter set sent = sent + 1 where exec_no = $1 returning sent',
        [execNo],
      );
      const at = performance.timeOrigin + performance.now();
      bus.publishCore('nudge.campaign.cmp_bench');
      return { value: row?.sent ?? 0, at };
    },
    close: async () => {
      await bus.close();
      await database.close();
    },
  };
}

async function writeExecution(database: Database): Promise<number> {
  const plan = {
    ...{ campaignId: 'cmp_bench', organizationId, name: 'bench', salt: 's', goals: [], include: [], exclude: [] },
    ...{ holdoutPercentage: 0, assignment: { kind: 'HASH' }, channels: ['email'], throttle: null },
    ...{ expiresAfterHours: 72, trackClicks: true, trackOpens: true },
    variants: [{ no: 1, id: 'var_bench', name: 'A', isControl: false, allocation: 10_000, content: {} }],
  };
  await database.query("select campaign.ensure_ledger_partitions(now() - interval '1 month', 4)");
  const [row] = await database.query<{ no: number }>(
    `with org as (select campaign.ensure_organization($1) as no),
       made as (insert into campaign.campaign (id, org_no, name, type, created_by, created_at, updated_by, updated_at)
         select 'cmp_bench', no, 'bench', 'ONE_TIME', 'bench', now(), 'bench', now() from org returning campaign_no, org_no),
       run as (insert into campaign.execution (exec_no, id, org_no, campaign_no, kind, occurrence, plan, upper_contact_no,
           cursor_contact_no, audience_closed, created_at, started_at)
         select campaign.next_exec_no(now()), 'exe_bench', org_no, campaign_no, 0, 'once', $2, 0, 0, true, now(), now()
         from made returning exec_no, org_no)
     insert into campaign.counter (exec_no, variant_no, channel, goal, bucket, org_no, sent)
     select exec_no, 1, 1, 0, date_trunc('minute', now()), org_no, 1 from run returning exec_no as no`,
    [organizationId, plan],
  );
  if (row === undefined) throw new Error('the execution could not be made');
  return row.no;
}

async function measure(
  kind: 'ours' | 'plain',
  subscribers: number,
  { databaseUrl, natsUrl }: { databaseUrl: string; natsUrl: string },
  subject: Subject,
  print: (line: string) => void,
): Promise<Measured> {
  const told: SubscriptionServerSettings = { kind, databaseUrl, natsUrl, secret, organizationId, subscribers };
  const server: Server = await startAskable(program('subscription-server'), told, ['--expose-gc']);
  const clients = await startClients(Number(server.ready), subscribers);
  try {
    const before = await server.ask('memory', null);
    await clients.ask('open', null);
    const opened = await server.ask('memory', null);
    print(`${kind}: ${subscribers} subscriptions are open`);
    const { commits, cores } = await changeForAWhile(server, subject);
    const { values, millis } = await clients.ask('latencies', commits);
    print(`${kind}: ${cores} cores, p99 ${at(millis, 0.99)} ms; sockets are broken now`);
    const gaps = await countGaps(clients, subject);
    const each = (after: number, first: number) => Math.round((after - first) / subscribers / 102.4) / 10;
    const measured = {
      cores,
      heapKb: each(opened.heap, before.heap),
      residentKb: each(opened.resident, before.resident),
      p50: at(millis, 0.5),
      p99: at(millis, 0.99),
      seen: values / (commits.size * subscribers),
      gaps,
    };
    print(`${kind}: ${JSON.stringify(measured)}`);
    return measured;
  } finally {
    await Promise.all([clients.stop(), server.stop()]);
  }
}

async function startClients(port: number, subscribers: number): Promise<Clients> {
  const now = new Date();
  const who = { organizationId, role: 'viewer', userId: 'bench' } as const;
  const token = await signToken({ ...who, secret, now, lifetimeSeconds: 3_600 });
  const told: SubscriptionClientSettings = { port, token, query, subscribers };
  return startAskable(program('subscription-clients'), told);
}

const program = (name: string): string => join(__dirname, `${name}.js`);

async function changeForAWhile(
  server: Server,
  subject: Subject,
): Promise<{ commits: ReadonlyMap<number, number>; cores: number }> {
  const commits = new Map<number, number>();
  const first = await server.ask('cpuMicros', null);
  const began = performance.now();
  for (let second = 0; second < SECONDS; second++) {
    const { value, at: committed } = await subject.change();
    commits.set(value, committed);
    await pause(Math.max(0, began + (second + 1) * 1_000 - performance.now()));
  }
  const elapsed = performance.now() - began;
  const used = (await server.ask('cpuMicros', null)) - first;
  await pause(1_000);
  return { commits, cores: Math.round(used / elapsed) / 1_000 };
}

/** Breaks sockets while figures change; whoever then lacks the last one, or saw a step back, has a gap. */
async function countGaps(clients: Clients, subject: Subject): Promise<number> {
  const reconnecting = clients.ask('reconnect', RECONNECTS);
  let done = false;
  void reconnecting.then(() => {
    done = true;
  });
  let last = 0;
  while (!done) {
    last = (await subject.change()).value;
    await pause(300);
  }
  last = (await subject.change()).value;
  await pause(3_000);
  const { behind, steppedBack } = await clients.ask('settled', last);
  return behind + steppedBack;
}

const at = (sorted: readonly number[], share: number): number =>
  Math.round((sorted[Math.floor(sorted.length * share)] ?? Number.NaN) * 10) / 10;

function resultOf(subscribers: number, ours: Measured, plain: Measured): BenchResult {
  const row = (name: string, of: (measured: Measured) => number) =>
    `${name.padEnd(38)} ${String(of(ours)).padStart(10)} ${String(of(plain)).padStart(10)}`;
  const table = [
    'one change a second'.padEnd(45).concat('ours      plain'),
    row('subscriptions', () => subscribers),
    row('cores of the server', ({ cores }) => cores),
    row('heap of one subscription, KB', ({ heapKb }) => heapKb),
    row('resident memory of one, KB', ({ residentKb }) => residentKb),
    row('commit to socket p50, ms', ({ p50 }) => p50),
    row('commit to socket p99, ms', ({ p99 }) => p99),
    row('values seen, share of all', ({ seen }) => Math.round(seen * 1_000) / 1_000),
    row(`gaps after ${RECONNECTS} broken sockets`, ({ gaps }) => gaps),
  ];
  return { table, figures: { subscribers, seconds: SECONDS, ours, plain, machineLoad: machineLoad() } };
}
