import fc from 'fast-check';
import { pino } from 'pino';
import type { Database } from '../../src/adapters/postgres';
import { followsAnother, settleFallingBack } from '../../src/delivery/fallback';
import { RunningExecutions } from '../../src/delivery/running-executions';
import { SliceWork } from '../../src/delivery/slice-work';
import { expandStep } from '../../src/dispatch/expand';
import { applyDelivered } from '../../src/events/delivered';
import { ExecutionFactsCache } from '../../src/events/execution-facts';
import type { IngestContext } from '../../src/events/ingest-context';
import { applyOutcomes, type LocatedOutcomeEvent } from '../../src/events/outcomes';
import { applyTouches } from '../../src/events/touches';
import type { FrozenPlan } from '../../src/execution/frozen-plan';
import { findDifferences } from '../../src/operations/check-invariants';
import { systemClock } from '../../src/shared/clock';
import {
  CHANNEL,
  type ChannelKind,
  channelName,
  DISPOSITION,
  dispositionName,
  REASON,
  reasonName,
} from '../../src/shared/ledger-codes';
import type { Answer, OutgoingMessage } from '../../src/transports/transport';
import { type DeliveryWorld, guard, openDeliveryWorld, openExecution } from '../delivery/delivery-world';
import { testSender } from '../delivery/test-sender';
import { until } from '../support/until';
import { type Someone, stopOn } from './channel-oracle';
import { addPeople, someone } from './people';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await openDeliveryWorld(new Date());
});
afterAll(() => world.close());

const sql = <Row extends object>(statement: string, values: readonly unknown[] = []) =>
  world.database.dispatcher.query<Row>(statement, values);

const able = (n: number, over: Partial<Someone> = {}): Someone => ({
  external_id: `able-${n}`,
  email: `able-${n}@example.com`,
  email_valid: true,
  email_opted_in: true,
  phone: `+4915112345${100 + n}`,
  sms_opted_in: true,
  whatsapp_verified: true,
  push_token: `token-${n}`,
  express_consent: true,
  do_not_sell: false,
  country: null,
  suppressed: [],
  ...over,
});

const goal = { no: 1, eventType: 'order.completed', windowDays: 7 };

async function start(people: readonly Someone[], plan: Partial<FrozenPlan>): Promise<number> {
  const { execNo, orgNo } = await openExecution(world, 0, {
    plan: {
      include: [{ field: 'external_id', operator: 'exists', value: true }],
      goals: [goal],
      commercial: true,
      ...plan,
    },
  });
  await sql('update campaign.organization set settings = $2 where org_no = $1', [
    orgNo,
    { limits: { enabled: false } },
  ]);
  await addPeople(world.database.dispatcher, orgNo, people);
  await sql(
    'update campaign.execution set upper_contact_no = (select max(contact_no) from campaign.contact) where exec_no = $1',
    [execNo],
  );
  while (!(await expandStep(world.database.dispatcher, { execNo, batch: 100, chunkSize: 7 })).closed);
  return execNo;
}

type Judge = (message: OutgoingMessage) => Answer | Promise<Answer>;
const accept = ({ key }: OutgoingMessage): Answer => ({ key, outcome: 'accepted' });
const refuse = ({ key }: OutgoingMessage): Answer => ({
  key,
  outcome: 'refused',
  reason: 'no such number',
  permanent: true,
});
const busy = ({ key }: OutgoingMessage): Answer => ({ key, outcome: 'refused', reason: 'busy', permanent: false });
const refuseOn =
  (...kinds: readonly ChannelKind[]): Judge =>
  (message) =>
    kinds.includes(message.channel) ? refuse(message) : accept(message);

/** Senders work whatever is open until nothing is; says what was handed over. */
async function send(
  execNo: number,
  judge: Judge,
  takesKeys = true,
  database: Database = world.sender,
): Promise<OutgoingMessage[]> {
  const handed: OutgoingMessage[] = [];
  const sender = testSender(database, async (messages) => {
    handed.push(...messages);
    return Promise.all(messages.map(judge));
  });
  const parts = { ...sender, answerRules: { ...sender.answerRules, takesKeys } };
  const execution = await new RunningExecutions(world.sender).get(execNo);
  for (let round = 0; round < 20; round += 1) {
    await sql('update campaign.chunk set due_at = now(), lease_until = null where exec_no = $1 and state = 0', [
      execNo,
    ]);
    const open = await sql<{ chunk_no: number; fence: number; channel: number }>(
      'select chunk_no, fence, channel from campaign.chunk where exec_no = $1 and state = 0 order by chunk_no',
      [execNo],
    );
    if (open.length === 0) break;
    for (const { chunk_no: chunkNo, fence, channel } of open) {
      const ref = { execNo, chunkNo, fence, channel: channelName.get(channel) ?? 'email' };
      if (!execution) throw new Error('not running');
      const follows = followsAnother(execution.plan, ref.channel);
      const slice = await guard(world, ref, { commercial: true, now: undefined, followsAnother: follows });
      if (slice) await new SliceWork(parts, execution, ref, slice).run();
    }
    expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
  }
  return handed;
}

const rowsOf = async (execNo: number) =>
  (
    await sql<{
      external_id: string;
      channel: number;
      slot: number;
      attempt: number;
      disposition: number;
      gate: number;
    }>(
      `select c.external_id, m.channel, m.slot, m.attempt, m.disposition, m.gate from campaign.message m
       join campaign.contact c using (contact_no) where m.exec_no = $1 order by m.seq`,
      [execNo],
    )
  ).map(({ channel, slot, disposition, gate, ...row }) => ({
    ...row,
    channel: channelName.get(channel),
    slot: channelName.get(slot),
    disposition: dispositionName.get(disposition),
    reason: reasonName.get(gate) ?? null,
  }));

const ingest: IngestContext = {
  ...{
    clock: systemClock,
    log: pino({ level: 'silent' }),
    executions: new ExecutionFactsCache(),
    publishes: () => false,
  },
  ...{ maxAttempts: 3, softBounceBackoffMs: [0] },
};

/** Tells of the delivery of an execution's only message; says whether it was told before. */
async function deliver(execNo: number): Promise<boolean> {
  const [row] = await sql<{ seq: number; org_no: number; told: boolean }>(
    'select seq, org_no, delivered_at is not null as told from campaign.message where exec_no = $1',
    [execNo],
  );
  if (!row) throw new Error('nothing to deliver');
  const { seq, org_no: orgNo, told } = row;
  const facts = { organizationId: 'any', attempt: 1, hard: false, machine: false, link: null, detail: null };
  await world.database.dispatcher.transaction((tx) =>
    applyDelivered(tx, [{ ...facts, kind: 'delivered', at: Date.now(), execNo, seq, orgNo }], ingest),
  );
  return told;
}

/** Tells that an execution's only message bounced for now. */
async function bounce(execNo: number, nth: number): Promise<void> {
  const [row] = await sql<{ seq: number; org_no: number; attempt: number }>(
    'select seq, org_no, attempt from campaign.message where exec_no = $1',
    [execNo],
  );
  if (!row) throw new Error('nothing to bounce');
  const { seq, org_no: orgNo, attempt } = row;
  const facts = { organizationId: 'any', hard: false, machine: false, link: null, detail: null };
  const at = Date.now() + 1_000 * nth;
  await world.database.dispatcher.transaction((tx) =>
    applyTouches(tx, [{ ...facts, kind: 'bounced', at, execNo, seq, orgNo, attempt }], ingest),
  );
}

const names = (message: OutgoingMessage) => `${message.channel} ${message.attempt} ${message.to}`;

test('after a definite refusal the next attempt goes by the next channel that takes the person, in the same slot', async () => {
  const execNo = await start([able(1), able(2, { push_token: null })], { channels: ['sms', 'push', 'email'] });
  const handed = await send(execNo, refuseOn('sms'));
  expect(handed.map(names).sort()).toEqual([
    'email 2 able-2@example.com',
    'push 2 token-1',
    'sms 1 +4915112345101',
    'sms 1 +4915112345102',
  ]);
  expect(await rowsOf(execNo)).toEqual([
    { external_id: 'able-1', channel: 'push', slot: 'sms', attempt: 2, disposition: 'sent', reason: null },
    { external_id: 'able-2', channel: 'email', slot: 'sms', attempt: 2, disposition: 'sent', reason: null },
  ]);
});

test('it goes on from channel to channel, and fails with the last one', async () => {
  const execNo = await start([able(1)], { channels: ['sms', 'push', 'email'] });
  const handed = await send(execNo, refuse);
  expect(handed.map(({ channel, attempt }) => `${channel} ${attempt}`)).toEqual(['sms 1', 'push 2', 'email 3']);
  expect(await rowsOf(execNo)).toMatchObject([
    { channel: 'email', attempt: 3, disposition: 'failed', reason: 'refused' },
  ]);
});

test('a refusal for now is tried again on its channel first, as often as any', async () => {
  const execNo = await start([able(1)], { channels: ['sms', 'email'] });
  const handed = await send(execNo, (message) => (message.channel === 'sms' ? busy(message) : accept(message)));
  expect(handed.map(({ channel, attempt }) => `${channel} ${attempt}`)).toEqual(['sms 1', 'sms 2', 'sms 3', 'email 4']);
});

test('each channel has as many attempts as any, wherever a person begins and however early another refused', async () => {
  const people = [able(1), able(2, { suppressed: ['email'] }), able(3, { phone: null })];
  const execNo = await start(people, { channels: ['sms', 'push', 'email'] });
  const handed = await send(execNo, (message) => (message.channel === 'sms' ? refuse(message) : busy(message)));
  const attempts = Map.groupBy(handed, ({ messageId, channel }) => `${messageId.split(':').at(-1)} ${channel}`);
  expect(Object.fromEntries([...attempts].map(([name, some]) => [name, some.map(({ attempt }) => attempt)]))).toEqual({
    ...{ '1 sms': [1], '1 push': [2, 3, 4], '1 email': [5, 6, 7] },
    ...{ '2 sms': [1], '2 push': [2, 3, 4] },
    ...{ '3 push': [1, 2, 3], '3 email': [4, 5, 6] },
  });
});

test('the pause before a second attempt is as long on every channel', async () => {
  const execNo = await start([able(1)], { channels: ['sms', 'email'] });
  const pauses: number[] = [];
  const sender = testSender(world.sender, async (messages) =>
    messages.map((message) => (message.channel === 'sms' ? refuse(message) : busy(message))),
  );
  const execution = await new RunningExecutions(world.sender).get(execNo);
  for (const channel of ['sms', 'email'] as const) {
    const [chunk] = await sql<{ chunk_no: number; fence: number }>(
      'select chunk_no, fence from campaign.chunk where exec_no = $1 and state = 0',
      [execNo],
    );
    const ref = { execNo, chunkNo: chunk?.chunk_no ?? 0, fence: chunk?.fence ?? 0, channel };
    const options = { commercial: true, now: undefined, followsAnother: channel === 'email' };
    const slice = await guard(world, ref, options);
    if (!slice || !execution) throw new Error('not guarded');
    await new SliceWork({ ...sender, retryBackoffMs: 60_000 }, execution, ref, slice).run();
    const [next] = await sql<{ pause: number }>(
      `select extract(epoch from due_at - now())::float8 as pause from campaign.chunk where exec_no = $1 and state = 0`,
      [execNo],
    );
    pauses.push(next?.pause ?? 0);
  }
  expect(pauses.map((pause) => pause > 30 && pause <= 60)).toEqual([false, true]);
});

test('a soft bounce has as many attempts on the second channel as on the first', async () => {
  const execNo = await start([able(1)], { channels: ['sms', 'email'] });
  const told: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    told.push(...(await send(execNo, refuseOn('sms'))).map(({ channel, attempt }) => `${channel} ${attempt}`));
    await bounce(execNo, round);
  }
  expect(told).toEqual(['sms 1', 'email 2', 'email 3', 'email 4']);
  expect(await rowsOf(execNo)).toMatchObject([{ channel: 'email', attempt: 4, disposition: 'sent' }]);
});

test('whom no other channel takes has failed, and nobody is tried on a channel that they left', async () => {
  const people = [able(1, { email_opted_in: false }), able(2), able(3, { suppressed: ['email'] })];
  const execNo = await start(people, { channels: ['sms', 'email'] });
  await sql(`update campaign.contact set country = 'CA', express_consent = false where external_id = 'able-2'
    and org_no = (select org_no from campaign.execution where exec_no = ${execNo})`);
  const handed = await send(execNo, refuse);
  // Who lives in Canada since is stopped by the guard of the first channel.
  expect(handed.map(({ channel }) => channel)).toEqual(['sms', 'sms']);
  expect((await rowsOf(execNo)).map(({ disposition, reason }) => `${disposition} ${reason}`)).toEqual([
    'failed refused',
    'skipped no_consent',
    'failed refused',
  ]);
});

test('a lost answer is followed by no other channel', async () => {
  const execNo = await start([able(1)], { channels: ['sms', 'email'] });
  const handed = await send(execNo, ({ key }) => ({ key, outcome: 'unanswered', reason: 'timeout' }), false);
  expect(handed).toHaveLength(1);
  expect(await rowsOf(execNo)).toMatchObject([{ channel: 'sms', disposition: 'unknown' }]);
});

test('a message that bounced once is followed by no other channel: one of its attempts was accepted', async () => {
  const execNo = await start([able(1)], { channels: ['sms', 'email'] });
  await sql(
    `insert into campaign.touch (exec_no, seq, kind, at, org_no, channel) select exec_no, seq, 4, now(), org_no, 2
     from campaign.message where exec_no = $1`,
    [execNo],
  );
  await sql(
    `insert into campaign.counter (exec_no, variant_no, channel, goal, bucket, org_no, bounced_soft)
     select exec_no, 1, 2, 0, date_trunc('minute', now()), org_no, 1 from campaign.message where exec_no = $1
     on conflict (exec_no, variant_no, channel, goal, segment_no, bucket) do update set bounced_soft = 1`,
    [execNo],
  );
  await send(execNo, refuse);
  expect(await rowsOf(execNo)).toMatchObject([{ channel: 'sms', disposition: 'failed' }]);
});

test('a message that was delivered is followed by no other channel, though its answer was lost and a second request refused', async () => {
  const execNo = await start([able(1)], { channels: ['sms', 'email'] });
  const handed = await send(execNo, async (message) => {
    if (message.channel === 'sms' && !(await deliver(execNo)))
      return { key: message.key, outcome: 'unanswered', reason: 'timeout' };
    return refuseOn('sms')(message);
  });
  expect(handed.map(({ channel, attempt }) => `${channel} ${attempt}`)).toEqual(['sms 1', 'sms 1']);
  expect(await rowsOf(execNo)).toMatchObject([{ channel: 'sms', attempt: 1 }]);
});

test('where all channels are used none follows another', async () => {
  const execNo = await start([able(1)], { channels: ['sms', 'email'], channelStrategy: 'ALL' });
  const handed = await send(execNo, refuseOn('sms'));
  expect(handed.map(({ channel }) => channel).sort()).toEqual(['email', 'sms']);
  expect((await rowsOf(execNo)).map(({ disposition }) => disposition).sort()).toEqual(['failed', 'sent']);
});

const bought = (orgNo: number, externalId: string, n: number): LocatedOutcomeEvent => ({
  organizationId: 'any',
  orgNo,
  source: 'shop',
  eventId: `order-${n}`,
  eventType: goal.eventType,
  externalId,
  at: Date.now() + 60_000 * n,
  amounts: { value: '12.5000' },
  currency: null,
});

test('what people did before their message changes its channel is counted where it goes in the end, also if told meanwhile', async () => {
  const people = Array.from({ length: 12 }, (_, n) => able(n));
  const execNo = await start(people, { channels: ['sms', 'email'] });
  const [row] = await sql<{ org_no: number }>('select org_no from campaign.execution where exec_no = $1', [execNo]);
  const orders = people.flatMap(({ external_id }, n) => [
    bought(row?.org_no ?? 0, external_id, n),
    bought(row?.org_no ?? 0, external_id, 100 + n),
  ]);
  const record = (some: readonly LocatedOutcomeEvent[]) =>
    world.database.dispatcher.transaction((tx) => applyOutcomes(tx, some, new Date()));
  await record(orders.slice(0, 9));
  const told = (async () => {
    for (const order of orders) await record([order]);
  })();
  await send(execNo, refuseOn('sms'));
  await told;
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
  const counted = await sql(
    `select channel, sum(outcomes)::int as people, sum(outcome_events)::int as events from campaign.counter
     where exec_no = $1 and goal = 1 group by 1 having sum(outcome_events) <> 0`,
    [execNo],
  );
  expect(counted).toEqual([{ channel: 1, people: 12, events: 24 }]);
});

test('an outcome that waits for a message on its way to another channel counts where it arrives', async () => {
  const execNo = await start([able(1)], { channels: ['sms', 'email'] });
  const [row] = await sql<{ org_no: number }>('select org_no from campaign.execution where exec_no = $1', [execNo]);
  const order = bought(row?.org_no ?? 0, 'able-1', 1);
  let told: Promise<unknown> | undefined;
  const isWaiting = async () => {
    const [{ n } = { n: 0 }] = await world.database.owner.query<{ n: number }>(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return n > 0;
  };
  // The sender's transaction stays open until the outcome has found its message and waits for it.
  const slow: Database = {
    ...world.sender,
    query: world.sender.query.bind(world.sender),
    transaction: (work) =>
      world.sender.transaction(async (tx) => {
        const result = await work(tx);
        told = world.database.dispatcher.transaction((other) => applyOutcomes(other, [order], new Date()));
        await until('the outcome at the lock', isWaiting);
        return result;
      }),
  };
  await send(execNo, refuseOn('sms'), true, slow);
  expect(told).toBeDefined();
  await told;
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
  const counted = await sql('select channel from campaign.counter where exec_no = $1 and goal = 1 and outcomes > 0', [
    execNo,
  ]);
  expect(counted).toEqual([{ channel: 1 }]);
});

const kinds = ['sms', 'push', 'email', 'in_app'] as const;
const anyRun = fc.record({
  people: fc.tuple(...Array.from({ length: 12 }, (_, n) => someone(n))),
  channels: fc.shuffledSubarray([...kinds], { minLength: 2 }),
  refusing: fc.subarray([...kinds]),
});

test('whoever the people and whichever channels refuse, each is told once by the first that takes and carries', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async ({ people, channels, refusing }) => {
      const execNo = await start(people, { channels });
      const handed = await send(execNo, refuseOn(...refusing));
      const taking = (person: Someone) => channels.filter((channel) => stopOn(person, channel, true) === null);
      const expected = people.flatMap((person) => {
        const tried = taking(person);
        const first = tried.filter((channel) => !refusing.some((kind) => kind === channel))[0];
        return first ? tried.slice(0, tried.indexOf(first) + 1) : tried;
      });
      expect(handed.map(({ channel }) => channel).sort()).toEqual(expected.sort());
      const reached = people.filter((person) => taking(person).some((kind) => !refusing.some((one) => one === kind)));
      const rows = await rowsOf(execNo);
      expect(rows.filter(({ disposition }) => disposition === 'sent')).toHaveLength(reached.length);
      expect(rows.filter(({ disposition }) => disposition === 'queued' || disposition === 'in_flight')).toEqual([]);
    }),
    { numRuns: 20, endOnFailure: true },
  );
}, 120_000);

test('a slice that falls back takes what it counts in the order of every other, so that none waits for one that waits for it', async () => {
  const arm = (no: number) => ({ no, id: `var_arm_${no}`, name: `${no}`, isControl: false, allocation: 5_000 });
  const variants = [arm(1), arm(2)].map((one) => ({ ...one, content: { sms: 'h', email: 'h' } }));
  const people = Array.from({ length: 7 }, (_, n) => able(n));
  const execNo = await start(people, { channels: ['sms', 'email'], variants, salt: 'arms' });
  const now = new Date();
  const [chunk] = await sql<{ chunk_no: number }>('select chunk_no from campaign.chunk where exec_no = $1', [execNo]);
  const ref = { execNo, chunkNo: chunk?.chunk_no ?? 0, fence: 0, channel: 'sms' as const };
  const slice = await guard(world, ref, { commercial: true, now, followsAnother: false });
  const execution = await new RunningExecutions(world.sender).get(execNo);
  if (!slice || !execution) throw new Error('not guarded');
  const arms = new Map(
    (
      await sql<{ seq: number; variant_no: number }>(
        'select seq, variant_no from campaign.message where exec_no = $1',
        [execNo],
      )
    ).map(({ seq, variant_no: no }) => [seq, no]),
  );
  expect(new Set(arms.values())).toEqual(new Set([1, 2]));
  const settlements = slice.messages.map(({ seq, attempt }) =>
    arms.get(seq) === 2
      ? { seq, attempt, becomes: DISPOSITION.failed, reason: REASON.refused, rises: 0 as const }
      : { seq, attempt, becomes: DISPOSITION.sent, reason: 0, rises: 0 as const },
  );
  const nothing = { leaseMs: 0, unanswered: [], putOff: [], retryAfterMs: 0, askAgainAfterMs: 0, events: [] };
  const options = { ...nothing, advance: slice.width, now, plan: execution.plan, others: ['email' as const] };
  const lock = `select 1 from campaign.counter where exec_no = $1 and variant_no = $2 and channel = $3 for no key update`;
  const settled = await world.database.dispatcher.transaction(async (tx) => {
    await tx.query(lock, [execNo, 1, CHANNEL.sms]);
    const settling = settleFallingBack(world.sender, { ...ref, fence: slice.fence }, settlements, options);
    await until('a settle that waits for us', async () => {
      const waiting = await tx.query(
        'select 1 from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))',
      );
      return waiting.length > 0;
    });
    await tx.query(`${lock} nowait`, [execNo, 2, CHANNEL.sms]);
    return { settling };
  });
  expect(await settled.settling).toBe('done');
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});
