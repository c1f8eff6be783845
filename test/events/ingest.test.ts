import { type Bus, openBus } from '../../src/adapters/nats';
import { replayDeadLetters } from '../../src/events/dead-letter-replay';
import { type Ingest, startIngest } from '../../src/events/ingest';
import { findDifferences } from '../../src/operations/check-invariants';
import { encodeMessageId, messageIdKeys } from '../../src/shared/message-id';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { type BuiltExecution, buildExecution, externalId } from './ledger-builder';
import { type OwnNatsServer, quietLog, startOwnNatsServer, until } from './own-nats-server';

const ids = messageIdKeys('secret');
const T0 = Date.parse('2026-11-20T10:05:00.000Z');
let server: OwnNatsServer;
let postgres: TestDatabase;
let bus: Bus;
let ingest: Ingest;
let run = 0;
let sent = 0;

beforeAll(async () => {
  postgres = await createTestDatabase();
  server = await startOwnNatsServer();
  bus = await openBus({ url: server.url, name: 'test', log: quietLog });
  await bus.ensureStreams();
  const clock = () => new Date(T0 + 60_000);
  ingest = await startIngest({
    database: postgres.dispatcher,
    bus,
    log: quietLog,
    clock,
    ids,
    lanes: 1,
    softBounceBackoffMs: [1_000],
  });
});

afterAll(async () => {
  await ingest.stop();
  await bus.close();
  await server.close();
  await postgres.close();
});

const build = (wish: Partial<Parameters<typeof buildExecution>[1]> = {}) => {
  run += 1;
  return buildExecution(postgres.dispatcher, { name: `run${run}`, people: 10, ...wish });
};
const receipt = (execution: BuiltExecution, kind: string, seq: number, at: number, data: object = {}) => ({
  subject: `notification.${kind}`,
  id: `r-${sent++}`,
  payload: JSON.stringify({
    id: 'any',
    type: `notification.${kind}`,
    source: 'provider',
    organizationId: execution.organizationId,
    timestamp: new Date(at).toISOString(),
    data: { messageId: encodeMessageId(ids, execution.execNo, seq), at: new Date(at).toISOString(), ...data },
  }),
});
const stored = (
  execution: BuiltExecution,
  person: string,
  eventType: string,
  at: number,
  id: string,
  value?: unknown,
) => ({
  subject: 'event.stored',
  id: `e-${sent++}`,
  payload: JSON.stringify({
    id: `x-${sent}`,
    type: 'event.stored',
    source: 'shop',
    organizationId: execution.organizationId,
    data: {
      eventId: id,
      eventType,
      userId: person,
      at: new Date(at).toISOString(),
      properties: { value, currency: 'EUR' },
    },
  }),
});
const figures = async ({ execNo }: BuiltExecution, goal = 0) => {
  const [row] = await postgres.dispatcher.query<Record<string, number>>(
    `select sum(sent)::int as sent, sum(unknown)::int as unknown, sum(queued)::int as queued, sum(failed)::int as failed,
       sum(delivered)::int as delivered, sum(opened)::int as opened, sum(opens)::int as opens,
       sum(opened_machine)::int as opened_machine, sum(clicked)::int as clicked, sum(clicks)::int as clicks,
       sum(bounced_hard)::int as bounced_hard, sum(bounced_soft)::int as bounced_soft, sum(unsubscribed)::int as unsubscribed,
       sum(complained)::int as complained, sum(outcomes)::int as outcomes, sum(outcome_events)::int as outcome_events,
       sum(outcome_value)::text as outcome_value
     from campaign.counter where exec_no = $1 and goal = $2`,
    [execNo, goal],
  );
  return row ?? {};
};
const differences = (execution: BuiltExecution) =>
  findDifferences(postgres.dispatcher, execution.execNo, { chunks: false });
const rows = <Row extends object>(sql: string, values: unknown[]) => postgres.dispatcher.query<Row>(sql, values);

test('a delivery counts once, however often and late it is told, in the minute it happened first', async () => {
  const execution = await build();
  await bus.publishBatch([
    receipt(execution, 'delivered', 1, T0 + 120_000),
    receipt(execution, 'delivered', 2, T0),
    receipt(execution, 'delivered', 2, T0),
  ]);
  await until(async () => (await figures(execution)).delivered === 2);
  await bus.publishBatch([receipt(execution, 'delivered', 1, T0), receipt(execution, 'delivered', 3, T0)]);
  await until(async () => (await figures(execution)).delivered === 3);
  const buckets = await rows<{ n: number }>(
    'select sum(delivered)::int as n from campaign.counter where exec_no = $1 group by bucket having sum(delivered) <> 0',
    [execution.execNo],
  );
  expect(buckets).toEqual([{ n: 3 }]);
  expect(await differences(execution)).toEqual([]);
});

test('an unknown message is sent once a receipt shows it; one in flight waits for its sender', async () => {
  const execution = await build({ disposition: (n) => (n === 0 ? 'unknown' : n === 1 ? 'in_flight' : 'sent') });
  await bus.publishBatch([receipt(execution, 'delivered', 1, T0), receipt(execution, 'delivered', 2, T0)]);
  await until(async () => (await figures(execution)).delivered === 2);
  expect(await figures(execution)).toMatchObject({ unknown: 0, sent: 9 });
  const [flying] = await rows<{ disposition: number }>(
    'select disposition from campaign.message where exec_no = $1 and seq = 2',
    [execution.execNo],
  );
  expect(flying?.disposition).toBe(1);
  expect(await differences(execution)).toEqual([]);
});

test('a message whose answer was lost after its receipt came does not stay unknown', async () => {
  const execution = await build({ disposition: () => 'unknown', people: 2 });
  await rows('update campaign.message set delivered_at = $2 where exec_no = $1 and seq = 1', [
    execution.execNo,
    new Date(T0),
  ]);
  await rows(`update campaign.counter set delivered = 1 where exec_no = $1 and variant_no = 1`, [execution.execNo]);
  await until(async () => (await figures(execution)).sent === 1);
  expect((await figures(execution)).unknown).toBe(1);
});

test('opens and clicks count in total and once a person, programs apart, before any delivery', async () => {
  const execution = await build();
  await bus.publishBatch([
    receipt(execution, 'opened', 1, T0 + 90_000),
    receipt(execution, 'opened', 1, T0),
    receipt(execution, 'opened', 1, T0),
    receipt(execution, 'opened', 2, T0, { machine: true }),
    receipt(execution, 'clicked', 1, T0 + 1, { link: 3 }),
    receipt(execution, 'replied', 1, T0 + 2),
  ]);
  await until(async () => (await figures(execution)).clicks === 1);
  expect(await figures(execution)).toMatchObject({ opens: 2, opened: 1, opened_machine: 1, clicked: 1, delivered: 0 });
  expect(await differences(execution)).toEqual([]);
});

test('a hard bounce, an unsubscribe and a complaint end what may be sent to the person', async () => {
  const execution = await build();
  await bus.publishBatch([
    receipt(execution, 'bounced', 1, T0, { bounceType: 'hard' }),
    receipt(execution, 'unsubscribed', 2, T0),
    receipt(execution, 'complained', 3, T0),
  ]);
  await until(async () => (await figures(execution)).complained === 1);
  const suppressed = await rows<{ reason: string; channel: number }>(
    `select s.reason, s.channel from campaign.suppression s join campaign.message m using (contact_no)
     where m.exec_no = $1 order by m.seq`,
    [execution.execNo],
  );
  expect(suppressed).toEqual([
    { reason: 'hard_bounced', channel: 1 },
    { reason: 'unsubscribed', channel: 1 },
    { reason: 'complained', channel: 0 },
  ]);
  expect(await figures(execution)).toMatchObject({ sent: 10, bounced_hard: 1, unsubscribed: 1 });
  expect(await differences(execution)).toEqual([]);
});

test('a soft bounce sends again, reopens a completed execution, and an older one changes nothing', async () => {
  const execution = await build({ people: 3 });
  await rows("update campaign.execution set status = 'completed', completed_at = now() where exec_no = $1", [
    execution.execNo,
  ]);
  await bus.publishBatch([receipt(execution, 'bounced', 2, T0, { bounceType: 'soft', attempt: 1 })]);
  await until(async () => (await figures(execution)).queued === 1);
  const state = () =>
    rows<{ status: string; round: number; attempt: number; seqs: number[]; waits: number }>(
      `select e.status, e.round, m.attempt, k.seqs, extract(epoch from k.due_at - $2::timestamptz)::int as waits
       from campaign.execution e join campaign.message m using (exec_no) join campaign.chunk k using (exec_no)
       where e.exec_no = $1 and m.seq = 2`,
      [execution.execNo, new Date(T0 + 60_000)],
    );
  expect(await state()).toEqual([{ status: 'running', round: 1, attempt: 2, seqs: [2], waits: 1 }]);
  await bus.publishBatch([receipt(execution, 'bounced', 2, T0 + 5, { bounceType: 'soft', attempt: 1 })]);
  await until(async () => (await figures(execution)).bounced_soft === 2);
  expect(await figures(execution)).toMatchObject({ queued: 1, sent: 2 });
  expect(await findDifferences(postgres.dispatcher, execution.execNo)).toEqual([]);
});

test('a second attempt expires as long after the first one as that might have waited, however long it did wait', async () => {
  const execution = await build({ people: 1, judgedAt: new Date(T0 - 30 * 86_400_000) });
  await rows('update campaign.message set guarded_at = $2 where exec_no = $1', [execution.execNo, new Date(T0)]);
  await bus.publishBatch([receipt(execution, 'bounced', 1, T0, { bounceType: 'soft', attempt: 1 })]);
  await until(async () => (await figures(execution)).queued === 1);
  const chunks = await rows('select expires_at from campaign.chunk where exec_no = $1', [execution.execNo]);
  expect(chunks).toEqual([{ expires_at: new Date(T0 + 72 * 3_600_000) }]);
});

test('a soft bounce of a message still in flight waits until its sender has settled', async () => {
  const execution = await build({ people: 1, disposition: () => 'in_flight' });
  await bus.publishBatch([receipt(execution, 'bounced', 1, T0, { bounceType: 'soft', attempt: 1 })]);
  const parked = () =>
    rows('select 1 from campaign.parked_event where natural_key like $1', [`${execution.execNo}:1:%`]);
  await until(async () => (await parked()).length === 1);
  await rows('update campaign.message set disposition = 2 where exec_no = $1', [execution.execNo]);
  await rows('update campaign.counter set in_flight = 0, sent = 1 where exec_no = $1', [execution.execNo]);
  await rows('update campaign.parked_event set due_at = $1', [new Date(T0)]);
  await until(async () => (await figures(execution)).queued === 1);
  await until(async () => (await parked()).length === 0);
  expect(await findDifferences(postgres.dispatcher, execution.execNo)).toEqual([]);
});

test('a receipt that comes before its message is there is joined later', async () => {
  const execution = await build({ people: 2 });
  const [moved] = await rows<{ contact_no: number }>(
    'delete from campaign.message where exec_no = $1 and seq = 2 returning *',
    [execution.execNo],
  );
  await bus.publishBatch([receipt(execution, 'delivered', 2, T0), receipt(execution, 'opened', 2, T0)]);
  await until(
    async () =>
      (await rows('select 1 from campaign.parked_event where natural_key like $1', [`${execution.execNo}:2:%`]))
        .length === 2,
  );
  const columns = Object.keys(moved ?? {});
  await rows(
    `insert into campaign.message (${columns.join(', ')}) values (${columns.map((_, n) => `$${n + 1}`).join(', ')})`,
    Object.values(moved ?? {}),
  );
  await rows('update campaign.parked_event set due_at = $1', [new Date(T0)]);
  await until(async () => (await figures(execution)).delivered === 1);
  expect((await figures(execution)).opened).toBe(1);
  expect(await differences(execution)).toEqual([]);
});

test('what cannot be read becomes a dead letter with its reason, and the rest of the batch is applied', async () => {
  const execution = await build();
  const forged = receipt(execution, 'delivered', 1, T0);
  await bus.publishBatch([
    { ...forged, id: 'f1', payload: forged.payload.replace(/msg_./, 'msg_9') },
    { ...forged, id: 'f2', payload: 'not json' },
    receipt(execution, 'melted', 1, T0),
    { ...forged, id: 'f4', payload: forged.payload.replace('org-1', 'org-of-nobody') },
    receipt(execution, 'failed', 3, T0, { reason: 'a\0b' }),
    receipt(execution, 'delivered', 2, T0),
  ]);
  await until(async () => (await figures(execution)).delivered === 1);
  const count = async () => (await rows('select 1 from campaign.dead_letter', [])).length;
  await until(async () => (await count()) >= 5);
  const letters = await rows<{ reason: string }>('select reason from campaign.dead_letter order by letter_no', []);
  expect(letters.map((letter) => letter.reason)).toEqual(
    expect.arrayContaining([
      'messageId is none of ours',
      'not JSON',
      'no receipt is called melted',
      'an organization that is not ours',
    ]),
  );
  expect(await differences(execution)).toEqual([]);
});

test('a dead letter is replayed once what killed it was mended', async () => {
  const execution = await build({ people: 1, organizationId: 'org-1' });
  const [early] = [receipt({ ...execution, organizationId: 'org-late' }, 'delivered', 1, T0)];
  const waiting = () =>
    rows("select 1 from campaign.dead_letter where replayed_at is null and payload like '%org-late%'", []);
  await bus.publishBatch([early]);
  await until(async () => (await waiting()).length === 1);
  await rows(`update campaign.dead_letter set payload = replace(payload, 'org-late', 'org-1')`, []);
  const reason = 'an organization that is not ours';
  const clock = () => new Date(T0);
  expect(await replayDeadLetters({ database: postgres.dispatcher, bus, clock, reason })).toBeGreaterThan(0);
  await until(async () => (await figures(execution)).delivered === 1);
  const again = () =>
    rows('select 1 from campaign.dead_letter where replayed_at is null and payload like $1', [
      `%${encodeMessageId(ids, execution.execNo, 1)}%`,
    ]);
  expect(await again()).toEqual([]);
});

test("another organization's receipt does not reach a message", async () => {
  const execution = await build({ people: 1 });
  const other = await build({ people: 1, organizationId: 'org-2' });
  await bus.publishBatch([
    receipt({ ...other, execNo: execution.execNo }, 'delivered', 1, T0),
    receipt(other, 'delivered', 1, T0),
  ]);
  await until(async () => (await figures(other)).delivered === 1);
  expect((await figures(execution)).delivered).toBe(0);
});

const GOALS = [
  { no: 1, eventType: 'site.visit', windowDays: 14 },
  { no: 2, eventType: 'order.completed', valueField: 'value', windowDays: 14 },
];

test('outcomes count by assignment: within the window, control included, once a person, each event once', async () => {
  const execution = await build({ goals: GOALS, people: 4, disposition: (n) => (n === 3 ? 'control' : 'sent') });
  const judged = Date.parse('2026-11-20T10:00:00Z');
  const person = (n: number) => externalId(`run${run}`, n);
  await bus.publishBatch([
    stored(execution, person(0), 'site.visit', judged, 'a'),
    stored(execution, person(0), 'site.visit', judged + 90_000, 'b'),
    stored(execution, person(0), 'site.visit', judged + 90_000, 'b'),
    stored(execution, person(3), 'site.visit', judged + 1, 'c'),
    stored(execution, person(1), 'site.visit', judged - 1, 'too early'),
    stored(execution, person(1), 'site.visit', judged + 14 * 86_400_000, 'too late'),
    stored(execution, 'nobody', 'site.visit', judged + 1, 'e'),
    stored(execution, person(1), 'order.completed', judged + 1, 'f', 29.99),
    stored(execution, person(1), 'order.completed', judged + 2, 'g', '0.01'),
    stored(execution, person(2), 'order.completed', judged + 2, 'bad', 'a lot'),
  ]);
  await until(async () => (await figures(execution, 2)).outcome_events === 2);
  await until(async () => (await figures(execution, 1)).outcome_events === 3);
  expect(await figures(execution, 1)).toMatchObject({ outcomes: 2, outcome_events: 3, outcome_value: '0.0000' });
  expect(await figures(execution, 2)).toMatchObject({ outcomes: 1, outcome_value: '30.0000' });
  expect(
    await differences(execution).then((found) =>
      found.filter((line) => !/disposition 7/.test(line) && !/control/.test(line)),
    ),
  ).toEqual([]);
});

test('an event that comes while its person is being judged is not lost', async () => {
  const judgedAt = new Date(T0);
  const execution = await build({ goals: GOALS, people: 1, judgedAt, audienceClosed: false });
  const [hidden] = await rows<Record<string, unknown>>('delete from campaign.message where exec_no = $1 returning *', [
    execution.execNo,
  ]);
  const parked = () => rows("select 1 from campaign.parked_event where payload ->> 'sort' = 'outcome'", []);
  await bus.publishBatch([stored(execution, externalId(`run${run}`, 0), 'site.visit', T0 + 10, `early-${run}`)]);
  await until(async () => (await parked()).length === 1);
  const columns = Object.keys(hidden ?? {});
  await rows(
    `insert into campaign.message (${columns.join(', ')}) values (${columns.map((_, n) => `$${n + 1}`).join(', ')})`,
    Object.values(hidden ?? {}),
  );
  await rows('update campaign.execution set audience_closed = true where exec_no = $1', [execution.execNo]);
  await rows('update campaign.parked_event set due_at = $1', [new Date(T0)]);
  await until(async () => (await figures(execution, 1)).outcomes === 1);
  await until(async () => (await parked()).length === 0);
});

test('the directory follows users: created, preferring, deleted', async () => {
  const execution = await build({ people: 1 });
  const tell = (subject: string, data: object) => ({
    subject,
    id: `u-${sent++}`,
    payload: JSON.stringify({ id: `u-${sent}`, source: 'users', organizationId: execution.organizationId, data }),
  });
  const contact = async () =>
    (
      await rows<Record<string, unknown>>(
        "select email, email_opted_in, first_name, erased_at is not null as erased from campaign.contact where external_id = 'new-1'",
        [],
      )
    )[0];
  await bus.publishBatch([
    tell('user.created', { userId: 'new-1', email: 'ada@example.com', firstName: 'Ada', emailOptedIn: true }),
    tell('user.preferences.updated', { userId: 'new-1', channels: { email: false } }),
    tell('user.created', { userId: 'new-1', email: 'ada@example.com', emailOptedIn: true }),
  ]);
  await until(async () => (await contact()) !== undefined);
  await until(async () => (await contact())?.email_opted_in === false);
  expect(await contact()).toEqual({
    email: 'ada@example.com',
    email_opted_in: false,
    first_name: 'Ada',
    erased: false,
  });
  await bus.publishBatch([
    tell('user.deleted', { userId: 'new-1' }),
    tell('user.created', { userId: 'new-1', email: 'b@example.com' }),
  ]);
  await until(async () => (await contact())?.erased === true);
  expect(await contact()).toEqual({ email: null, email_opted_in: false, first_name: null, erased: true });
});

test('what people decide about channels, and where they are found, is kept as it is told', async () => {
  const execution = await build({ people: 1 });
  const tell = (subject: string, data: object) => ({
    subject,
    id: `c-${sent++}`,
    payload: JSON.stringify({ id: `c-${sent}`, source: 'users', organizationId: execution.organizationId, data }),
  });
  const known = async () =>
    (
      await rows<Record<string, unknown>>(
        `select phone, sms_opted_in as sms, whatsapp_verified as whatsapp, push_token as token, express_consent as express,
           do_not_sell as "doNotSell" from campaign.contact where external_id = 'new-2'`,
        [],
      )
    )[0];
  const consents = { smsOptedIn: true, whatsappVerified: true, expressConsent: true };
  await bus.publishBatch([
    tell('user.created', { userId: 'new-2', phone: '+49 151 12345678', pushToken: 'token-1', ...consents }),
  ]);
  await until(async () => (await known()) !== undefined);
  const all = { phone: '+4915112345678', sms: true, whatsapp: true, token: 'token-1', express: true, doNotSell: false };
  expect(await known()).toEqual(all);
  await bus.publishBatch([
    tell('user.preferences.updated', {
      userId: 'new-2',
      doNotSell: true,
      expressConsent: false,
      channels: { sms: false },
    }),
  ]);
  await until(async () => (await known())?.doNotSell === true);
  expect(await known()).toEqual({ ...all, sms: false, express: false, doNotSell: true });
  // Being created elsewhere gives back no consent, and takes back no "do not sell".
  await bus.publishBatch([
    tell('user.created', { userId: 'new-2', phone: '+4915187654321', ...consents, doNotSell: false }),
    tell('user.preferences.updated', { userId: 'new-2', pushToken: null }),
  ]);
  await until(async () => (await known())?.token === null);
  expect(await known()).toEqual({
    ...{ phone: '+4915187654321', sms: false, whatsapp: false, token: null, express: false, doNotSell: true },
  });
});

test('commits are told to whoever watches the campaign, and figures leave through the outbox', async () => {
  const told: string[] = [];
  const subscription = bus.subscribeCore('nudge.campaign.*', (_, subject) => told.push(subject));
  const execution = await build();
  await bus.publishBatch([
    receipt(execution, 'delivered', 1, T0),
    receipt(execution, 'bounced', 1, T0, { bounceType: 'hard' }),
  ]);
  await until(() => told.includes(`nudge.campaign.${execution.campaignId}`));
  subscription.stop();
  const outbox = () =>
    rows<{ kind: string; payload: object }>(
      'select kind, payload from campaign.outbox where exec_no = $1 order by outbox_no',
      [execution.execNo],
    );
  await until(async () => (await outbox()).length === 2);
  expect(new Set(await outbox())).toEqual(
    new Set([
      { kind: 'campaign.message.delivered', payload: { seqs: [1], ats: [T0] } },
      { kind: 'campaign.message.bounced', payload: { seqs: [1], ats: [T0], data: { bounceType: 'hard' } } },
    ]),
  );
});
