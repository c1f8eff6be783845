import { defaultExperiment } from '../../src/experiment/experiment';
import { releaseEnded, releaseFor } from '../../src/session/login-release';
import { WAITING_SQL } from '../../src/session/login-wait-ends';
import { until } from '../support/until';
import { type InAppWorld, openInAppWorld } from './in-app-world';

const HOUR = 3_600_000;

let world: InAppWorld;
beforeEach(async () => {
  world = await openInAppWorld();
});
afterEach(() => world.close());

test('who is in no session waits in no chunk, and who is there gets theirs at once', async () => {
  const first = await world.start(1);
  await world.session(first, [1]);
  const started = await world.start(30);
  expect(await world.waiting(started)).toBe(29);
  expect(await world.send(started)).toEqual(['p-1']);
  expect(await world.account(started)).toEqual({ queued: 29, sent: 1 });
  expect(await world.sql('select from campaign.chunk where exec_no = $1 and state = 0', [started.execNo])).toEqual([]);
});

test('a login sends on what waits for that person, once, however often it is told', async () => {
  const started = await world.start(30);
  expect(await world.session(started, [7, 7, 9, 1_000])).toBe(2);
  expect(await world.session(started, [7, 9])).toBe(0);
  expect(await world.send(started)).toEqual(['p-7', 'p-9']);
  expect(await world.session(started, [7])).toBe(0);
  expect(await world.send(started)).toEqual([]);
  expect(await world.account(started)).toEqual({ queued: 28, sent: 2 });
});

test('a login in one organization sends on nothing of another, whose people have the same ids', async () => {
  const started = await world.start(3);
  const [other] = await world.sql<{ orgNo: number }>(
    `with other as (insert into campaign.organization (id) values ('org-other') returning org_no)
     insert into campaign.contact (org_no, external_id) select org_no, 'p-1' from other returning org_no as "orgNo"`,
  );
  expect(await world.session({ ...started, ...other }, [1, 2])).toBe(0);
  expect(await world.waiting(started)).toBe(3);
  expect(
    await world.sql(
      'select c.external_id, c.org_no as "orgNo" from campaign.contact_session join campaign.contact c using (contact_no)',
    ),
  ).toEqual([{ external_id: 'p-1', ...other }]);
});

test.each([
  ['that began too long ago', [{ kind: 'started', minutesAgo: 31 }]],
  [
    'whose end was told first',
    [
      { kind: 'ended', minutesAgo: 1 },
      { kind: 'started', minutesAgo: 2 },
    ],
  ],
  ['of which only the end is known', [{ kind: 'ended', minutesAgo: 1 }]],
] as const)('a session %s wakes nothing', async (_, events) => {
  const started = await world.start(3);
  for (const event of events) expect(await world.session(started, [1], event)).toBe(0);
  expect(await world.waiting(started)).toBe(3);
});

test('an old event that comes late does not end the session of now', async () => {
  const started = await world.start(3);
  await world.session(started, [1]);
  await world.session(started, [1], { kind: 'started', minutesAgo: 50 });
  await world.session(started, [1], { kind: 'ended', minutesAgo: 20 });
  expect(await world.send(await world.start(3))).toEqual(['p-1']);
});

test('a login that comes ahead of its own clock counts from now', async () => {
  const started = await world.start(3);
  expect(await world.session(started, [1], { minutesAgo: -600 })).toBe(1);
  world.pass(31 * 60_000);
  expect(await world.send(started)).toEqual([]);
  expect(await world.waiting(started)).toBe(3);
});

test('who has gone before a sender comes waits for the next login, no longer than the first time', async () => {
  const started = await world.start(3);
  await world.session(started, [1, 2]);
  world.pass(10 * 60_000);
  await world.session(started, [2], { kind: 'ended' });
  world.pass(1);
  expect(await world.send(started)).toEqual(['p-1']);
  const untils = await world.sql<{ until: Date }>('select until from campaign.login_wait order by until');
  expect(untils).toHaveLength(2);
  const [first, second] = untils.map(({ until }) => until.getTime());
  // What passed between the login and the sender counts for nothing.
  expect((second ?? 0) - (first ?? 0)).toBe(10 * 60_000);
  await world.session(started, [2]);
  expect(await world.send(started)).toEqual(['p-2']);
});

test('past its time a message is skipped as expired, and the execution completes and balances', async () => {
  const started = await world.start(25, { expiresAfterHours: 24 });
  await world.session(started, [1]);
  expect(await world.send(started)).toEqual(['p-1']);
  world.pass(24 * HOUR - 61_000);
  await world.sweep();
  expect(await world.waiting(started)).toBe(24);
  world.pass(61_000);
  await world.sweep();
  expect(await world.waiting(started)).toBe(0);
  expect(await world.session(started, [2])).toBe(0);
  expect(await world.send(started)).toEqual([]);
  expect(await world.account(started)).toEqual({ sent: 1, 'skipped expired': 24 });
  await world.sweep();
  expect(await world.status(started)).toMatchObject({ execution: 'completed', campaign: 'completed' });
});

test('no limit keeps a message alive whose time to wait is over', async () => {
  const started = await world.start(5, { expiresAfterHours: 1, throttle: { perMinute: 10 } }, {});
  await world.session(started, [1]);
  expect(await world.send(started)).toEqual(['p-1']);
  world.pass(HOUR);
  await world.sql("update campaign.limiter set free_at = $1::timestamptz + interval '1 hour'", [world.now]);
  await world.sweep();
  expect(await world.send(started)).toEqual([]);
  expect(await world.account(started)).toEqual({ sent: 1, 'skipped expired': 4 });
});

test('no budget keeps a message alive whose time to wait is over', async () => {
  const started = await world.start(3, { expiresAfterHours: 1 });
  const budget = { amount: '0.01', currency: 'EUR', costPerMessage: { in_app: '0.02' } };
  await world.sql('update campaign.campaign set budget = $2 where campaign_no = $1', [started.campaignNo, budget]);
  world.pass(2 * HOUR);
  await world.sweep();
  expect(await world.send(started)).toEqual([]);
  expect(await world.account(started)).toEqual({ 'skipped expired': 3 });
});

test('what a limit kept alive past its time is tried again', async () => {
  const [first, limit] = [await world.start(1), { expiresAfterHours: 1, throttle: { perMinute: 10 } }];
  await world.session(first, [1]);
  const started = await world.start(1, limit);
  world.pass(2 * HOUR);
  await world.sql('insert into campaign.limiter (scope, org_no, free_at) values ($1, $2, $3)', [
    `campaign:${started.campaignNo}`,
    started.orgNo,
    world.now,
  ]);
  await world.session(started, [1]);
  const busy = ({ key }: { key: string }) => ({ key, outcome: 'refused', reason: 'busy', permanent: false }) as const;
  expect(await world.send(started, busy)).toEqual(['p-1']);
  world.pass(60_000);
  expect(await world.send(started)).toEqual(['p-1']);
  expect(await world.account(started)).toEqual({ sent: 1 });
});

test('waiting takes nothing of a limit', async () => {
  const started = await world.start(30, { throttle: { perMinute: 1 } });
  expect(await world.sql('select from campaign.throttle_grant')).toEqual([]);
  await world.session(started, [3]);
  expect(await world.send(started)).toEqual(['p-3']);
});

test('quiet hours hold back nobody who is in the application', async () => {
  const quietHours = { from: '00:00', until: '23:59', timeZone: 'UTC', skips: false };
  const started = await world.start(2, { quietHours, expiresAfterHours: 1 });
  await world.session(started, [1]);
  expect(await world.send(started)).toEqual(['p-1']);
  expect(await world.waiting(started)).toBe(1);
});

test('a refused attempt waits for the next login when its person has gone', async () => {
  const started = await world.start(2);
  await world.session(started, [1, 2]);
  const busy = () => world.send(started, ({ key }) => ({ key, outcome: 'refused', reason: 'busy', permanent: false }));
  expect(await busy()).toEqual(['p-1', 'p-2']);
  world.pass(2_000);
  await world.session(started, [2], { kind: 'ended' });
  world.pass(1_000);
  expect(await world.send(started)).toEqual(['p-1']);
  expect(await world.waiting(started)).toBe(1);
  world.pass(60_000);
  await world.session(started, [2]);
  expect(await world.send(started)).toEqual(['p-2']);
  await world.sweep();
  expect(await world.status(started)).toMatchObject({ execution: 'completed' });
});

test('what may have left is asked about again though its person has gone', async () => {
  const started = await world.start(1);
  await world.session(started, [1]);
  expect(await world.send(started, ({ key }) => ({ key, outcome: 'unanswered', reason: 'silence' }))).toEqual(['p-1']);
  world.pass(1_000);
  await world.session(started, [1], { kind: 'ended' });
  world.pass(HOUR);
  expect(await world.send(started)).toEqual(['p-1']);
  expect(await world.account(started)).toEqual({ sent: 1 });
});

test('who is suppressed or erased meanwhile gets nothing at their login', async () => {
  const started = await world.start(3);
  await world.sql(
    `insert into campaign.suppression (org_no, contact_no, channel, reason, created_at)
     select org_no, contact_no, 0, 'unsubscribed', now() from campaign.contact where org_no = $1 and external_id = 'p-1'`,
    [started.orgNo],
  );
  await world.sql("update campaign.contact set erased_at = now() where org_no = $1 and external_id = 'p-2'", [
    started.orgNo,
  ]);
  expect(await world.session(started, [1, 2, 3])).toBe(2);
  expect(await world.send(started)).toEqual(['p-3']);
  expect(await world.account(started)).toEqual({ queued: 1, sent: 1, 'skipped suppressed': 1 });
  world.pass(72 * HOUR);
  await world.sweep();
  await world.send(started);
  expect(await world.account(started)).toEqual({ sent: 1, 'skipped suppressed': 1, 'skipped erased': 1 });
});

test('with all channels the others go at once, and the execution waits for the rest', async () => {
  const content = { email: 'h', in_app: 'h' };
  const variants = [{ no: 1, id: 'var_a', name: 'A', isControl: false, allocation: 10_000, content }];
  const started = await world.start(3, { channels: ['email', 'in_app'], channelStrategy: 'ALL', variants });
  expect(await world.send(started)).toEqual([1, 2, 3].map((n) => `email p-${n}@example.com`));
  await world.sweep();
  expect(await world.status(started)).toMatchObject({ execution: 'running', aside: true });
  await world.session(started, [1, 2, 3]);
  expect(await world.send(started)).toEqual(['p-1', 'p-2', 'p-3']);
  await world.sweep();
  expect(await world.status(started)).toMatchObject({ execution: 'completed', campaign: 'completed' });
});

test('whom another channel refused waits for a login where the application comes next', async () => {
  const content = { email: 'h', in_app: 'h' };
  const variants = [{ no: 1, id: 'var_a', name: 'A', isControl: false, allocation: 10_000, content }];
  const started = await world.start(3, { channels: ['email', 'in_app'], variants });
  await world.session(started, [2]);
  const refuse = ({ key, channel }: { key: string; channel: string }) =>
    channel === 'email'
      ? ({ key, outcome: 'refused', reason: 'no', permanent: true } as const)
      : ({ key, outcome: 'accepted' } as const);
  expect(await world.send(started, refuse)).toHaveLength(3);
  expect(await world.send(started, refuse)).toEqual(['p-2']);
  expect(await world.waiting(started)).toBe(2);
  await world.session(started, [1, 3]);
  expect(await world.send(started)).toEqual(['p-1', 'p-3']);
});

test('who waits for a login and for a variant gets one by the epoch that is in force when both are there', async () => {
  const arm = (no: number) => ({
    ...{ no, id: `var_${no}`, name: `${no}`, isControl: false, allocation: 5_000 },
    content: { in_app: 'h' },
  });
  const experiment = { ...defaultExperiment, mode: 'BANDIT', batches: 1, batchMinutes: 10 } as const;
  const started = await world.start(6, { variants: [arm(1), arm(2)], experiment });
  expect(await world.waiting(started)).toBe(6);
  await world.session(started, [1, 2]);
  expect(await world.send(started)).toEqual([]);
  await world.sql(
    `with given as (
       insert into campaign.allocation_epoch (exec_no, epoch, org_no, weights) values ($1, 1, $2, '[{"no":2,"weight":10000}]')
       returning exec_no)
     update campaign.execution e set epoch = 1 from given g where e.exec_no = g.exec_no`,
    [started.execNo, started.orgNo],
  );
  expect(await world.send(started)).toEqual(['p-1', 'p-2']);
  const rows = await world.sql('select distinct variant_no, phase from campaign.message where disposition = 2');
  expect(rows).toEqual([{ variant_no: 2, phase: 1 }]);
});

test('a login and the step that lets the same person wait never miss each other', async () => {
  const { dispatcher } = world.database;
  const first = await world.start(1);
  const blocked = async () =>
    (await world.sql("select from pg_locks where locktype = 'advisory' and not granted")).length > 0;
  for (const loginFirst of [true, false]) {
    await world.sql('delete from campaign.contact_session');
    let ended: Promise<unknown> = Promise.resolve();
    let started = first;
    const login = () => world.session(first, [1]);
    const expand = async () => {
      started = await world.start(1);
    };
    const [one, other] = loginFirst ? [login, expand] : [expand, login];
    // The lock that each of them takes holds both up until they stand in line.
    await dispatcher.transaction(async (tx) => {
      await tx.query("select pg_advisory_xact_lock(hashtext('campaign.login_wait'), $1)", [first.orgNo]);
      const waits = [one()];
      await until('the first in line', blocked);
      waits.push(other());
      ended = Promise.all(waits);
    });
    await ended;
    expect(await world.send(started)).toEqual(['p-1']);
  }
});

test('a login reads nobody else who waits, though nothing is known yet of how many there are', async () => {
  const started = await world.start(10);
  await world.sql(
    `insert into campaign.login_wait (contact_no, exec_no, seq, org_no, phase, since, until)
     select 1000 + i, $1, 1000 + i, $2, 0, now(), now() from generate_series(1, 400000) i`,
    [started.execNo, started.orgNo],
  );
  const read = await world.database.dispatcher.transaction(async (tx) => {
    const contacts = await tx.query<{ no: number }>(
      'select contact_no as no from campaign.login_wait order by 1 limit 10',
    );
    expect(
      await releaseFor(
        tx,
        contacts.map(({ no }) => no),
        world.now,
      ),
    ).toBe(10);
    return tx.query("select seq_tup_read::int as rows from pg_stat_xact_user_tables where relname = 'login_wait'");
  });
  expect(read).toEqual([{ rows: 0 }]);
});

test('many who wait cost no more at each look than a few, and their end is taken in parts', async () => {
  const pagesOfALook = async () => {
    await world.database.owner.query('analyze campaign.login_wait');
    const [look] = await world.sql<{ 'QUERY PLAN': [{ Plan: { 'Shared Hit Blocks': number } }] }>(
      `explain (analyze, buffers, format json) ${WAITING_SQL.replaceAll('$1', 'null')}`,
    );
    return look?.['QUERY PLAN'][0].Plan['Shared Hit Blocks'] ?? 0;
  };
  await world.start(1_000);
  const pages = await pagesOfALook();
  const started = await world.start(4_000);
  // One more execution, and a higher index; its people lie on 40 pages.
  expect(await pagesOfALook()).toBeLessThan(3 * pages);
  expect(await world.waiting(started)).toBe(4_000);
  world.pass(73 * HOUR);
  const one = await world.database.dispatcher.transaction((tx) =>
    releaseEnded(tx, { execNo: started.execNo, most: 700, now: world.now }),
  );
  expect(one).toBe(700);
  expect(await world.waiting(started)).toBe(3_300);
  expect(await world.send(started)).toEqual([]);
});
