import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { edgeLimits } from '../../src/graphql/edge-settings';
import { type BuiltExecution, buildExecution } from '../events/ledger-builder';
import { until } from '../support/until';
import { type GraphWorld, openGraphWorld } from './graph-world';
import { endSockets, openAdmitted, openSocket, type RawSocket } from './raw-socket';

/** `FLOOD_SECONDS=60` is what a merge should see: then everything comes in its full number. */
const seconds = Number(process.env.FLOOD_SECONDS ?? 2);
const whole = seconds >= 60;
const counts = whole
  ? { subscriptions: 20_000, sockets: 5_000, ofUser: 200, lazy: 200 }
  : { subscriptions: 2_000, sockets: 700, ofUser: 60, lazy: 40 };
const EVENTS_PER_SECOND = 5_000;
/** Client and server are one process here, so this bounds both. */
const GROWTH_BYTES = 100_000_000;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

let world: GraphWorld;
let built: BuiltExecution;
let token: string;
beforeAll(async () => {
  world = await openGraphWorld();
  built = await buildExecution(world.ledger, { name: 'floods', people: 10, organizationId: 'org-floods' });
  token = await world.token('org-floods');
});
afterEach(endSockets);
afterAll(() => world.close());

const progress = 'subscription { executionProgress(executionId: "exe_floods") { cursor status } }';
const events = `subscription { messageEvents(executionId: "exe_floods") {
  cursor skipped events { kind at machine } } }`;
const subscribe = (id: string, query: string) => ({ id, type: 'subscribe', payload: { query } });

/** What the process holds, once everything that it does not hold has been cleared away. */
function held(): number {
  collect();
  collect();
  return process.memoryUsage().rss;
}

/** How many of these attempts had which outcome, so many at a time. */
async function outcomes(total: number, attempt: () => Promise<string>): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (let done = 0; done < total; done += 100) {
    const some = Array.from({ length: Math.min(100, total - done) }, attempt);
    for (const outcome of await Promise.all(some)) found[outcome] = (found[outcome] ?? 0) + 1;
  }
  return found;
}

describe('who wants more than one may hold', () => {
  it(`gets, of ${counts.subscriptions} subscriptions on one socket, fifty`, async () => {
    const served = await world.serve({ limits: edgeLimits({ socketMessagesPerSecond: 100_000 }) });
    const raw = await openAdmitted(served.url, token);
    const answers = new Map<string, Set<string>>();
    raw.socket.on('message', (data) => {
      const { type, id } = JSON.parse(String(data));
      answers.set(type, (answers.get(type) ?? new Set()).add(id));
    });
    const before = held();
    for (let n = 0; n < counts.subscriptions; n++) raw.send(subscribe(String(n), progress));
    await until('all answers', () => answers.get('error')?.size === counts.subscriptions - 50, 60_000);
    await until('the fifty', () => answers.get('next')?.size === 50);
    expect(held() - before).toBeLessThan(GROWTH_BYTES);
    expect(raw.socket.readyState).toBe(raw.socket.OPEN);
    await served.close();
  }, 120_000);

  it(`gets, of ${counts.sockets} sockets from one address, five hundred`, async () => {
    const served = await world.serve({});
    const before = held();
    const attempt = () =>
      openSocket(served.url).then(
        () => 'open',
        (error: Error) => error.message,
      );
    expect(await outcomes(counts.sockets, attempt)).toEqual({ open: 500, 'refused with 429': counts.sockets - 500 });
    expect(held() - before).toBeLessThan(GROWTH_BYTES);
    await served.close();
  }, 120_000);

  it(`gets, of ${counts.ofUser} sockets of one user, twenty`, async () => {
    const attempt = () =>
      openAdmitted(world.url, token).then(
        () => 'open',
        (error: Error) => error.message,
      );
    expect(await outcomes(counts.ofUser, attempt)).toEqual({
      open: 20,
      'closed with 4429 before connection_ack': counts.ofUser - 20,
    });
  }, 120_000);
});

describe('a hundred sockets that abuse the protocol', () => {
  const abuses: (string | Buffer)[] = [
    ...['', '{', 'null', '{"type":"subscribe","id":"1"}', JSON.stringify(subscribe('1', progress)), 'x'.repeat(70_000)],
    Buffer.from([0xc3, 0x28]),
  ];
  const round = () =>
    Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        const raw = await openSocket(world.url);
        raw.socket.send(abuses[n % abuses.length] ?? '', { binary: n % 2 === 0 });
        await raw.closed;
      }),
    );

  it('leave the heap as it was, give or take five megabytes', async () => {
    await round();
    endSockets();
    held();
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < 5; n++) await round();
    endSockets();
    held();
    expect(Math.abs(process.memoryUsage().heapUsed - before)).toBeLessThan(5_000_000);
  });
});

/** What the relay publishes, a hundredth of a second's worth at a time. */
async function tellEvents(end: number): Promise<number> {
  const began = performance.now();
  let told = 0;
  while (performance.now() < end) {
    const due = Math.floor(((performance.now() - began) / 1_000) * EVENTS_PER_SECOND);
    for (; told < due; told++) world.bus.publishCore('campaign.message.sent', JSON.stringify(eventOf(told)));
    await pause(10);
  }
  return told;
}

const eventOf = (sequence: number) => ({
  type: 'campaign.message.sent',
  organizationId: 'org-floods',
  data: {
    ...{ messageId: `msg_${sequence}`, executionId: 'exe_floods', campaignId: 'cmp_floods', sequence: sequence + 1 },
    at: new Date(performance.timeOrigin + performance.now()),
  },
});

describe(`${counts.lazy} sockets that stop reading, at ${EVENTS_PER_SECOND} events a second`, () => {
  it(
    'cost at most a megabyte each, and one that reads has it all within a second',
    async () => {
      const served = await world.serve({
        limits: edgeLimits({ socketsPerUser: 500, subscriptionsPerOrganization: 500, socketsPerAddress: 500 }),
      });
      const follow = async (): Promise<RawSocket> => {
        const raw = await openAdmitted(served.url, token);
        raw.send(subscribe('1', events));
        await raw.heard('next', '1');
        return raw;
      };
      const eager = await openEager(served.url);
      const lazy = await Promise.all(Array.from({ length: counts.lazy }, follow));
      const before = held();
      for (const { socket } of lazy) socket.pause();
      const stopped = performance.now();
      const told = await tellEvents(stopped + seconds * 1_000);
      await until('everything that was told', () => eager.counted() === told);
      expect(held() - before).toBeLessThan(counts.lazy * 1_000_000);
      expect(eager.p99()).toBeLessThan(1_000);
      expect(told).toBeGreaterThan(seconds * EVENTS_PER_SECOND * 0.9);
      // Who reads again has what it had not read in a few batches, and no event is uncounted.
      if (!whole) expect(await caughtUp(lazy[0], told)).toBe(true);
      else await until('all of them to be cut', async () => (await served.connections()) === 1);
      await served.close();
    },
    (seconds + 60) * 1_000,
  );

  /** Counts all that it is told of, and how long after it happened the newest of each batch came. */
  async function openEager(url: string) {
    const raw = await openAdmitted(url, await world.token('org-floods', { userId: 'usr_eager' }));
    let seen = 0;
    const millis: number[] = [];
    raw.socket.on('message', (data) => {
      const batch = JSON.parse(String(data)).payload?.data?.messageEvents;
      if (!batch) return;
      seen += batch.skipped + batch.events.length;
      const newest = batch.events.at(-1);
      if (newest) millis.push(performance.timeOrigin + performance.now() - Date.parse(newest.at));
    });
    raw.send(subscribe('1', events));
    await raw.heard('next', '1');
    const p99 = () => millis.toSorted((one, other) => one - other)[Math.floor(millis.length * 0.99)] ?? 0;
    return { counted: () => seen, p99 };
  }

  async function caughtUp(raw: RawSocket | undefined, told: number): Promise<boolean> {
    if (raw === undefined) return false;
    let seen = 0;
    raw.socket.on('message', (data) => {
      const { skipped, events: shown } = JSON.parse(String(data)).payload.data.messageEvents;
      seen += skipped + shown.length;
    });
    raw.socket.resume();
    await until('what was not read', () => seen === told);
    return true;
  }
});

it('was built for ten people', () => expect(built.execNo).toBeGreaterThan(0));
