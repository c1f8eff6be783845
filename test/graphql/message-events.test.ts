import { type OutboxRelay, startOutboxRelay } from '../../src/events/outbox-relay';
import { createMessageEventFeeds } from '../../src/message/message-event-feeds';
import { resumeWith } from '../../src/message/missed-events';
import { systemClock } from '../../src/shared/clock';
import { type BuiltExecution, buildExecution, externalId } from '../events/ledger-builder';
import { quietLog } from '../events/own-nats-server';
import { type GraphWorld, idKeys, openGraphWorld } from './graph-world';
import { connectClient, type Followed, type TestClient } from './ws-client';

let world: GraphWorld;
let ours: BuiltExecution;
let theirs: BuiltExecution;
let relay: OutboxRelay;
let client: TestClient;

beforeAll(async () => {
  world = await openGraphWorld();
  await world.bus.ensureStreams();
  ours = await buildExecution(world.ledger, { name: 'told', people: 300, organizationId: 'org-told' });
  theirs = await buildExecution(world.ledger, { name: 'kept', people: 2, organizationId: 'org-kept' });
  relay = startOutboxRelay({
    database: world.ledger,
    bus: world.bus,
    log: quietLog,
    clock: systemClock,
    ids: idKeys,
  });
  client = connectClient(world.url, await world.token('org-told'));
});
afterAll(async () => {
  await client.close();
  await relay.stop();
  await world.close();
});

/** As settle and ingest write it down; the relay publishes it once it is committed. */
const happen = (kind: string, { orgNo, campaignNo, execNo }: BuiltExecution, payload: object) =>
  world.ledger.query(
    'insert into campaign.outbox (org_no, campaign_no, exec_no, kind, payload, at) values ($1, $2, $3, $4, $5, now())',
    [orgNo, campaignNo, execNo, `campaign.message.${kind}`, payload],
  );

const subscription = `subscription ($campaign: ID, $execution: ID, $kinds: [MessageEventKind!], $after: String) {
  messageEvents(campaignId: $campaign, executionId: $execution, kinds: $kinds, after: $after) {
    cursor skipped events { kind machine message { status recipient { id } } } } }`;

/** Follows, and waits for the first batch: nothing is missed after it. */
async function following(variables: Record<string, unknown>): Promise<Followed> {
  const followed = client.follow(subscription, variables);
  expect((await followed.next()).data.messageEvents).toMatchObject({ events: [], skipped: 0 });
  return followed;
}

async function nextBatch(followed: Followed) {
  return (await followed.next()).data.messageEvents;
}

describe('message events', () => {
  it('tell what happened to whom, in the order in which it was written down', async () => {
    const followed = await following({ execution: 'exe_told' });
    await world.ledger.transaction(async (tx) => {
      const insert =
        'insert into campaign.outbox (org_no, campaign_no, exec_no, kind, payload, at) values ($1, $2, $3, $4, $5, now())';
      const place = [ours.orgNo, ours.campaignNo, ours.execNo];
      await tx.query(insert, [...place, 'campaign.message.sent', { seqs: [3, 1] }]);
      await tx.query(insert, [...place, 'campaign.message.clicked', { seqs: [1], data: { machine: true } }]);
    });
    const { events, cursor, skipped } = await nextBatch(followed);
    const to = (n: number) => ({ status: 'SENT', recipient: { id: externalId('told', n) } });
    expect(events).toEqual([
      { kind: 'SENT', machine: false, message: to(2) },
      { kind: 'SENT', machine: false, message: to(0) },
      { kind: 'CLICKED', machine: true, message: to(0) },
    ]);
    expect(Number(cursor)).toBeGreaterThan(0);
    expect(skipped).toBe(0);
    followed.stop();
  });

  it('come in the kinds that were asked for, of the campaign that was asked for', async () => {
    const opened = await following({ campaign: 'cmp_told', kinds: ['OPENED', 'BOUNCED'] });
    await happen('opened', theirs, { seqs: [1] });
    await happen('sent', ours, { seqs: [1, 2] });
    await happen('opened', ours, { seqs: [2] });
    const { events, skipped } = await nextBatch(opened);
    expect(events.map(({ kind }: { kind: string }) => kind)).toEqual(['OPENED']);
    expect(skipped).toBe(0);
    opened.stop();
  });

  it('are sampled when there are more than a batch holds, and say how many are not in it', async () => {
    const followed = await following({ execution: 'exe_told', kinds: ['DELIVERED'] });
    const seqs = Array.from({ length: 300 }, (_, index) => index + 1);
    await happen('delivered', ours, { seqs });
    const sampled = { shown: 0, skipped: 0 };
    while (sampled.shown + sampled.skipped < 300) {
      const { events, skipped } = await nextBatch(followed);
      expect(events.length).toBeLessThanOrEqual(100);
      sampled.shown += events.length;
      sampled.skipped += skipped;
    }
    expect(sampled.shown + sampled.skipped).toBe(300);
    expect(sampled.skipped).toBeGreaterThan(0);
    followed.stop();
  });

  it('that happened while nobody listened come first after a cursor, once each', async () => {
    const before = await following({ execution: 'exe_told', kinds: ['OPENED'] });
    await happen('opened', ours, { seqs: [1] });
    const { cursor } = await nextBatch(before);
    before.stop();
    await happen('opened', ours, { seqs: [2, 3] });
    await happen('sent', ours, { seqs: [9] });
    await happen('opened', theirs, { seqs: [2] });
    const variables = { execution: 'exe_told', kinds: ['OPENED'], after: cursor };
    const again = client.follow(subscription, variables);
    const missed = await nextBatch(again);
    const names = ({ events }: { events: { message: { recipient: { id: string } } }[] }) =>
      events.map(({ message }) => message.recipient.id);
    expect(names(missed)).toEqual([externalId('told', 1), externalId('told', 2)]);
    await happen('opened', ours, { seqs: [4] });
    const then: string[] = [];
    while (then.length === 0) then.push(...names(await nextBatch(again)));
    expect(then).toEqual([externalId('told', 3)]);
    again.stop();
    const wrong = await client.follow(subscription, { ...variables, after: 'yesterday' }).next();
    expect((wrong.error ?? wrong.errors)[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  it("another organization's cannot be followed, nor can all at once", async () => {
    const refusals = [{ execution: 'exe_kept' }, { campaign: 'cmp_kept' }, {}, { campaign: 'c', execution: 'e' }];
    const codes = await Promise.all(
      refusals.map(async (variables) => {
        const { error, errors = error } = await client.follow(subscription, variables).next();
        return errors[0].extensions.code;
      }),
    );
    expect(codes).toEqual(['NOT_FOUND', 'NOT_FOUND', 'BAD_USER_INPUT', 'BAD_USER_INPUT']);
  });
});

describe('followers of message events', () => {
  it('get an even sample of what is too much', async () => {
    const { feeds, tell } = openFeeds();
    const follower = feeds.follow({ organizationId: 'o' });
    await follower.next();
    for (let n = 0; n < 1_000; n++) tell(n);
    const { events, skipped, cursor } = (await follower.next()).value;
    expect({ skipped, cursor }).toEqual({ skipped: 1_000 - events.length, cursor: 999 });
    expect(events.map(({ sequence }: { sequence: number }) => sequence)).toEqual(
      Array.from({ length: 63 }, (_, index) => index * 16),
    );
    await follower.return?.();
  });

  it('that come back do not hear again what they were told they had missed', async () => {
    const { feeds, tell, listening } = openFeeds();
    const live = feeds.follow({ organizationId: 'o' });
    await live.next();
    const batch = { cursor: 2 * 65_536, events: [], skipped: 1 };
    const resumed = resumeWith({ batch, rows: new Set([2]) }, live);
    expect((await resumed.next()).value).toEqual(batch);
    tell(2 * 65_536);
    tell(3 * 65_536);
    const { events } = (await resumed.next()).value;
    expect(events.map(({ sequence }: { sequence: number }) => sequence)).toEqual([3 * 65_536]);
    await resumed.return?.();
    expect(listening()).toBe(false);
  });

  it('that do not read cost one batch, and hear what they missed; the others miss nothing', async () => {
    const { feeds, tell, listening } = openFeeds();
    const [slow, fast] = [feeds.follow({ organizationId: 'o' }), feeds.follow({ organizationId: 'o' })];
    await fast.next();
    for (const round of [1, 2, 3]) {
      for (let n = 0; n < 80; n++) tell(round * 80 + n);
      expect((await fast.next()).value.events).toHaveLength(80);
    }
    const late = (await slow.next()).value;
    expect(late.events.length).toBeLessThanOrEqual(100);
    expect(late.events.length + late.skipped).toBe(240);
    expect(late.cursor).toBe(319);
    expect(listening()).toBe(true);
    await Promise.all([slow.return?.(), fast.return?.()]);
    expect(listening()).toBe(false);
  });
});

function openFeeds() {
  let hear: ((data: Uint8Array, subject: string) => void) | undefined;
  const feeds = createMessageEventFeeds({
    subscribeCore: (_, handler) => {
      hear = handler;
      return {
        stop: () => {
          hear = undefined;
        },
      };
    },
  });
  const event = (sequence: number) => ({
    type: 'campaign.message.sent',
    organizationId: 'o',
    data: { messageId: 'm', executionId: 'e', campaignId: 'c', at: '2026-11-20T10:00:00Z', sequence },
  });
  return {
    feeds,
    tell: (sequence: number) => hear?.(Buffer.from(JSON.stringify(event(sequence))), 'campaign.message.sent'),
    listening: () => hear !== undefined,
  };
}
