import { encodeTrackingToken } from '../../src/content/tracking-token';
import { findDifferences } from '../../src/operations/check-invariants';
import { REASON } from '../../src/shared/ledger-codes';
import { encodeMessageId, messageIdKeys } from '../../src/shared/message-id';
import { guard, openChunks } from '../delivery/delivery-world';
import { until } from '../events/own-nats-server';
import { ask, keys, openTrackingWorld, type TrackingWorld } from './tracking-world';

const CLICKED = 2;
const UNSUBSCRIBED = 5;
const ONE_CLICK = {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'List-Unsubscribe=One-Click',
};
let world: TrackingWorld;

beforeAll(async () => {
  world = await openTrackingWorld();
});
afterAll(() => world.close());
beforeEach(() => world.delivery.pass(60_000));

const suppressions = (execNo: number) =>
  world.delivery.database.dispatcher.query<{ seq: number; channel: number; reason: string }>(
    `select m.seq, s.channel, s.reason from campaign.message m join campaign.suppression s using (contact_no)
     where m.exec_no = $1 order by m.seq`,
    [execNo],
  );
const figures = async (execNo: number) => {
  const [row] = await world.delivery.database.dispatcher.query(
    `select sum(clicks)::int as clicks, sum(clicked)::int as clicked, sum(clicked_machine)::int as machine,
       sum(opened)::int as opened, sum(unsubscribed)::int as unsubscribed
     from campaign.counter where exec_no = $1`,
    [execNo],
  );
  return row;
};

describe('a click', () => {
  test('leads from each link of a mail to the address of that link, is counted, and tells the next page nothing', async () => {
    const { execNo } = await world.campaign(1);
    const { clicks } = world.addresses(execNo, 1);
    const answers = [];
    for (const path of clicks) {
      answers.push(await world.ask(path));
      world.delivery.pass(1_000);
    }
    expect(answers.map(({ status }) => status)).toEqual([302, 302]);
    expect(answers.map(({ headers }) => headers.get('location'))).toEqual([
      'https://shop.example/a?x=1&y=2',
      'https://shop.example/b',
    ]);
    expect(answers[0]?.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answers[0]?.headers.get('x-robots-tag')).toBe('noindex');
    expect(answers[0]?.headers.get('cache-control')).toBe('no-store');
    expect(await world.touches(execNo, 2)).toEqual([
      { seq: 1, kind: CLICKED, link: 1, verdict: 0 },
      { seq: 1, kind: CLICKED, link: 2, verdict: 0 },
    ]);
    expect(await figures(execNo)).toMatchObject({ clicks: 2, clicked: 1, machine: 0 });
  });

  test('in a text message leads where that one says, and nowhere that the mail of the same person does', async () => {
    const { execNo, path } = await world.texts(2);
    const answer = await world.ask(path(1, 1));
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'https://shop.example/sms']);
    expect((await world.ask(path(1, 2))).status).toBe(404);
    expect(await world.touches(execNo, 1)).toEqual([{ seq: 1, kind: CLICKED, link: 1, verdict: 0 }]);
    const unsubscribe = path(2);
    expect((await world.ask(unsubscribe.replace('/u/', '/c/'))).status).toBe(404);
    expect(
      (await world.ask(path(2, 1).replace('/c/', '/u/'), { method: 'POST', body: 'List-Unsubscribe=One-Click' }))
        .status,
    ).toBe(404);
    expect((await world.ask(unsubscribe, { method: 'POST', body: 'List-Unsubscribe=One-Click' })).status).toBe(200);
    expect(await suppressions(execNo)).toEqual([{ seq: 2, channel: 2, reason: 'unsubscribed' }]);
  });

  test('of a program, or one that only asks for the head, is answered alike and counted apart', async () => {
    const { execNo } = await world.campaign(1);
    const [path = ''] = world.addresses(execNo, 1).clicks;
    const head = await world.ask(path, { method: 'HEAD' });
    world.delivery.pass(1_000);
    const scanner = await world.ask(path, {
      headers: { 'user-agent': 'Mozilla/5.0 (compatible; Barracuda Sentinel)' },
    });
    expect([head.status, scanner.status]).toEqual([302, 302]);
    expect((await world.touches(execNo, 2)).map(({ verdict }) => verdict)).toEqual([1, 1]);
    expect(await figures(execNo)).toMatchObject({ clicks: 0, clicked: 0, machine: 2 });
    expect(await findDifferences(world.delivery.database.dispatcher, execNo)).toEqual([]);
  });

  test('goes on although the bus is away, and the log names what is lost without naming whose it was', async () => {
    const { execNo } = await world.campaign(1);
    const [path = ''] = world.addresses(execNo, 1).clicks;
    const cut = await world.withoutBus();
    const answer = await ask(cut.url, path);
    expect(answer.headers.get('location')).toBe('https://shop.example/a?x=1&y=2');
    await until(() => cut.warnings.length === 1);
    expect(cut.warnings[0]).toContain('a touch is lost');
    expect(cut.warnings[0]).not.toContain(path.slice('/t/c/'.length, 40));
    await cut.close();
  });
});

describe('a token', () => {
  test('that is altered in any letter, made with another secret or used at another door finds nothing', async () => {
    const { execNo } = await world.campaign(1);
    const { clicks, open, unsubscribe } = world.addresses(execNo, 1);
    const token = (clicks[0] ?? '').slice('/t/c/'.length);
    const altered = [...token].map(
      (letter, at) => token.slice(0, at) + (letter === '0' ? '1' : '0') + token.slice(at + 1),
    );
    const messageId = `msg_${token.split('.')[0]}`;
    const foreign = encodeTrackingToken(messageIdKeys('another'), { messageId, act: 'click', link: 1 });
    const moved = [
      open.slice('/t/o/'.length),
      unsubscribe.slice('/u/'.length),
      '..',
      '%2F%2Fevil.example',
      token.slice(1),
    ];
    for (const wrong of [...altered, foreign, ...moved]) {
      const answer = await world.ask(`/t/c/${wrong}`);
      expect([wrong, answer.status, answer.headers.get('location')]).toEqual([wrong, 404, null]);
    }
    expect((await world.ask(`/u/${token}`)).status).toBe(404);
    expect((await world.ask(`/u/${token}`, ONE_CLICK)).status).toBe(404);
    expect((await world.ask(`/t/o/${token}`)).status).toBe(404);
  });

  test('of ours for a link or a message that does not exist finds nothing', async () => {
    const { execNo } = await world.campaign(1);
    const [path = ''] = world.addresses(execNo, 1).clicks;
    const messageId = `msg_${path.slice('/t/c/'.length).split('.')[0]}`;
    const idKeys = messageIdKeys('an-id-secret-of-this-test-with-32-bytes-or-more');
    const nobody = encodeMessageId(idKeys, execNo, 77);
    const tokens = [
      encodeTrackingToken(keys, { messageId, act: 'click', link: 3 }),
      encodeTrackingToken(keys, { messageId, act: 'click', link: 0 }),
      encodeTrackingToken(keys, { messageId: nobody, act: 'click', link: 1 }),
    ];
    for (const token of tokens) expect((await world.ask(`/t/c/${token}`)).status).toBe(404);
    const gone = encodeTrackingToken(keys, { messageId: nobody, act: 'unsubscribe', link: 0 });
    expect((await world.ask(`/u/${gone}`, ONE_CLICK)).status).toBe(404);
  });
});

test('the pixel is an image and counts an opening', async () => {
  const { execNo } = await world.campaign(1);
  const answer = await world.ask(world.addresses(execNo, 1).open);
  expect(answer.headers.get('content-type')).toBe('image/gif');
  expect(
    Buffer.from(await answer.arrayBuffer())
      .subarray(0, 6)
      .toString(),
  ).toBe('GIF89a');
  await world.touches(execNo, 1);
  expect(await figures(execNo)).toMatchObject({ opened: 1 });
});

describe('unsubscribing', () => {
  test('never happens by GET or HEAD, by whatever program', async () => {
    const { execNo } = await world.campaign(1);
    const { unsubscribe } = world.addresses(execNo, 1);
    for (const agent of ['Mozilla/5.0', 'GoogleImageProxy', 'curl/8', 'Barracuda', 'SafeLinks']) {
      const asked = await world.ask(unsubscribe, { headers: { 'user-agent': agent } });
      expect([asked.status, (await asked.text()).includes('<form method="post">')]).toEqual([200, true]);
      expect((await world.ask(unsubscribe, { method: 'HEAD' })).status).toBe(200);
    }
    expect((await world.ask(unsubscribe, { method: 'POST', body: 'something=else' })).status).toBe(400);
    expect(await suppressions(execNo)).toEqual([]);
  });

  test('twice is as once, and the next guard refuses that person alone', async () => {
    const { execNo } = await world.campaign(3);
    const { unsubscribe } = world.addresses(execNo, 2);
    const started = performance.now();
    const first = await world.ask(unsubscribe, ONE_CLICK);
    expect(performance.now() - started).toBeGreaterThanOrEqual(495);
    world.delivery.pass(5_000);
    const again = await world.ask(unsubscribe, ONE_CLICK);
    expect([first.status, again.status, first.headers.get('set-cookie')]).toEqual([200, 200, null]);
    expect(await suppressions(execNo)).toEqual([{ seq: 2, channel: 1, reason: 'unsubscribed' }]);
    const [chunk] = await openChunks(world.delivery, execNo);
    const slice = chunk && (await guard(world.delivery, chunk));
    expect(slice?.messages.map(({ seq }) => seq)).toEqual([1, 3]);
    const [row] = await world.delivery.database.dispatcher.query(
      'select gate from campaign.message where exec_no = $1 and seq = 2',
      [execNo],
    );
    expect(row).toEqual({ gate: REASON.suppressed });
  });

  test.each(['hard_bounced', 'complained', 'do_not_send'])(
    'is said of who is %s already, too: each reason keeps its own time',
    async (earlier) => {
      const { execNo } = await world.campaign(1);
      const { dispatcher } = world.delivery.database;
      await dispatcher.query(
        `insert into campaign.suppression (org_no, contact_no, channel, reason, created_at)
         select org_no, contact_no, channel, $2, '2026-01-01' from campaign.message where exec_no = $1`,
        [execNo, earlier],
      );
      const { now } = world.delivery;
      await world.ask(world.addresses(execNo, 1).unsubscribe, ONE_CLICK);
      world.delivery.pass(5_000);
      await world.ask(world.addresses(execNo, 1).unsubscribe, ONE_CLICK);
      const rows = await dispatcher.query(
        `select s.reason, s.created_at as at from campaign.message m join campaign.suppression s using (contact_no)
         where m.exec_no = $1 order by s.created_at`,
        [execNo],
      );
      expect(rows).toEqual([
        { reason: earlier, at: new Date('2026-01-01T00:00:00Z') },
        { reason: 'unsubscribed', at: now },
      ]);
      await world.touches(execNo, 1);
      const said = await dispatcher.query('select at from campaign.touch where exec_no = $1 and kind = $2', [
        execNo,
        UNSUBSCRIBED,
      ]);
      expect(said).toEqual([{ at: now }]);
    },
  );

  test('is counted once by the ingest, which finds the suppression there', async () => {
    const { execNo } = await world.campaign(1);
    const { unsubscribe, open } = world.addresses(execNo, 1);
    await world.ask(unsubscribe, ONE_CLICK);
    world.delivery.pass(5_000);
    await world.ask(unsubscribe, ONE_CLICK);
    world.delivery.pass(5_000);
    await world.ask(open);
    const touches = await world.touches(execNo, 2);
    expect(touches.filter(({ kind }) => kind === UNSUBSCRIBED)).toHaveLength(1);
    expect(await figures(execNo)).toMatchObject({ unsubscribed: 1, opened: 1 });
    expect(await suppressions(execNo)).toHaveLength(1);
    expect(await findDifferences(world.delivery.database.dispatcher, execNo)).toEqual([]);
  });

  test('works in parts, from the page, after the campaign has ended and for a person who was erased', async () => {
    const { execNo } = await world.campaign(2);
    const { dispatcher } = world.delivery.database;
    await dispatcher.query(`update campaign.execution set status = 'completed' where exec_no = $1`, [execNo]);
    await dispatcher.query(
      `update campaign.contact set erased_at = now(), email = null, email_valid = false where contact_no =
         (select contact_no from campaign.message where exec_no = $1 and seq = 2)`,
      [execNo],
    );
    const body = new FormData();
    body.set('List-Unsubscribe', 'One-Click');
    const inParts = await world.ask(world.addresses(execNo, 1).unsubscribe, { method: 'POST', body });
    const erased = await world.ask(world.addresses(execNo, 2).unsubscribe, ONE_CLICK);
    expect([inParts.status, erased.status]).toEqual([200, 200]);
    expect((await suppressions(execNo)).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test('holds although the bus is away', async () => {
    const { execNo } = await world.campaign(1);
    const cut = await world.withoutBus();
    expect((await ask(cut.url, world.addresses(execNo, 1).unsubscribe, ONE_CLICK)).status).toBe(200);
    expect(await suppressions(execNo)).toHaveLength(1);
    await cut.close();
  });
});

describe('the view in a browser', () => {
  test('shows the mail of that person with its own links, and lets nothing in it run', async () => {
    const { execNo } = await world.campaign(2);
    const { dispatcher } = world.delivery.database;
    await dispatcher.query(
      `update campaign.contact set first_name = external_id, attributes = '{"note": "<script>alert(1)</script>"}'
       where contact_no in (select contact_no from campaign.message where exec_no = $1)`,
      [execNo],
    );
    const { view, clicks } = world.addresses(execNo, 2);
    expect((await world.ask(view)).status).toBe(404);
    const [chunk] = await openChunks(world.delivery, execNo);
    if (chunk) await guard(world.delivery, chunk);
    const answer = await world.ask(view);
    const shown = await answer.text();
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox (?!.*allow-scripts).*default-src 'none'/);
    expect(shown).toContain('<p>p-2</p>');
    expect(shown).toContain('&lt;script&gt;');
    for (const path of clicks) expect(shown).toContain(`"http://unused${path}"`);
  });

  test('shows it in the language that the message was judged for', async () => {
    const { execNo } = await world.campaign(1);
    const { dispatcher } = world.delivery.database;
    await dispatcher.query(`update campaign.message set locale = 'pt-BR' where exec_no = $1`, [execNo]);
    await dispatcher.query(
      `update campaign.contact set locale = 'de' where contact_no in
         (select contact_no from campaign.message where exec_no = $1)`,
      [execNo],
    );
    const [chunk] = await openChunks(world.delivery, execNo);
    if (chunk) await guard(world.delivery, chunk);
    expect(await (await world.ask(world.addresses(execNo, 1).view)).text()).toContain('<i>pt-BR</i>');
  });

  test('shows nothing of a person who was erased', async () => {
    const { execNo } = await world.campaign(1);
    const [chunk] = await openChunks(world.delivery, execNo);
    if (chunk) await guard(world.delivery, chunk);
    const { view } = world.addresses(execNo, 1);
    expect((await world.ask(view)).status).toBe(200);
    await world.delivery.database.dispatcher.query(
      `update campaign.contact set erased_at = now() where contact_no in
         (select contact_no from campaign.message where exec_no = $1)`,
      [execNo],
    );
    expect((await world.ask(view)).status).toBe(404);
  });
});
