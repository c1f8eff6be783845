import fc from 'fast-check';
import { guardSlice } from '../../src/delivery/guard';
import { RunningExecutions, throttlesOn } from '../../src/delivery/running-executions';
import { SliceWork } from '../../src/delivery/slice-work';
import { expandStep } from '../../src/dispatch/expand';
import { Hints } from '../../src/dispatch/hints';
import { findDifferences } from '../../src/operations/check-invariants';
import { CHANNEL, type ChannelKind, channelName, DISPOSITION, reasonName } from '../../src/shared/ledger-codes';
import type { OutgoingMessage } from '../../src/transports/transport';
import { type DeliveryWorld, guard, openDeliveryWorld, openExecution, type Started } from '../delivery/delivery-world';
import { testSender } from '../delivery/test-sender';
import { type Someone, stopOn } from './channel-oracle';
import { addPeople, KINDS, someone } from './people';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await openDeliveryWorld();
});
afterAll(() => world.close());

const sql = <Row extends object>(statement: string, values: readonly unknown[] = []) =>
  world.database.dispatcher.query<Row>(statement, values);

/** Takes whoever comes by any channel, in an organization without limits. */
const everything = {
  include: [{ field: 'external_id', operator: 'exists' as const, value: true }],
  salt: 'any',
};

async function expand({ execNo }: Started, chunkSize = 50): Promise<void> {
  await sql(
    'update campaign.execution set upper_contact_no = (select max(contact_no) from campaign.contact) where exec_no = $1',
    [execNo],
  );
  while (!(await expandStep(world.database.dispatcher, { execNo, now: world.now, batch: 100, chunkSize })).closed);
}

const open = async ({ execNo }: Started) =>
  (
    await sql<{ chunk_no: number; fence: number; channel: number }>(
      'select chunk_no, fence, channel from campaign.chunk where exec_no = $1 and state = 0 and due_at <= $2 order by chunk_no',
      [execNo, world.now],
    )
  ).map(({ chunk_no, fence, channel }) => ({
    execNo,
    chunkNo: chunk_no,
    fence,
    channel: channelName.get(channel) ?? 'email',
  }));

const able: Someone = {
  external_id: 'able',
  email: 'able@example.com',
  email_valid: true,
  email_opted_in: true,
  phone: '+4915112345678',
  sms_opted_in: true,
  whatsapp_verified: true,
  push_token: 'token-1',
  express_consent: true,
  do_not_sell: false,
  country: 'CA',
  suppressed: [],
};

const addressOf = (person: Someone, channel: ChannelKind): string | null => {
  if (channel === 'email') return person.email;
  if (channel === 'sms' || channel === 'whatsapp') return person.phone;
  return channel === 'push' ? person.push_token : person.external_id;
};

const changed = fc.record({
  commercial: fc.boolean(),
  people: fc.tuple(...Array.from({ length: 20 }, (_, n) => someone(n))),
});

test('whatever becomes of people after they were judged, each channel asks again for itself, and addresses its own', async () => {
  await fc.assert(
    fc.asyncProperty(changed, async ({ commercial, people }) => {
      const started = await openExecution(world, 0, {
        plan: { ...everything, commercial, channels: KINDS, channelStrategy: 'ALL' },
      });
      const before = people.map(({ external_id }) => ({ ...able, external_id }));
      await addPeople(world.database.dispatcher, started.orgNo, before);
      await expand(started, 7);
      await sql('delete from campaign.suppression where org_no = $1', [started.orgNo]);
      await changePeople(started.orgNo, people);

      const gone: string[] = [];
      for (const ref of await open(started)) {
        const slice = await guard(world, ref, { commercial });
        for (const { external_id, channel, to } of slice?.messages ?? []) gone.push(`${external_id} ${channel} ${to}`);
      }
      const expected = people.flatMap((person) =>
        KINDS.filter((channel) => stopOn(person, channel, commercial) === null).map(
          (channel) => `${person.external_id} ${channel} ${addressOf(person, channel)}`,
        ),
      );
      expect(gone.sort()).toEqual(expected.sort());
      const skipped = await sql<{ external_id: string; channel: number; gate: number }>(
        `select c.external_id, m.channel, m.gate from campaign.message m join campaign.contact c using (contact_no)
         where m.exec_no = $1 and m.disposition = ${DISPOSITION.skipped}`,
        [started.execNo],
      );
      const byId = new Map(people.map((person) => [person.external_id, person]));
      for (const { external_id, channel, gate } of skipped)
        expect(reasonName.get(gate)).toBe(
          stopOn(byId.get(external_id) ?? able, channelName.get(channel) ?? 'email', commercial),
        );
      expect(gone.length + skipped.length).toBe(people.length * KINDS.length);
      expect(await findDifferences(world.database.dispatcher, started.execNo)).toEqual([]);
    }),
    { numRuns: 15, endOnFailure: true },
  );
}, 120_000);

async function changePeople(orgNo: number, people: readonly Someone[]): Promise<void> {
  await sql(
    `update campaign.contact c set email = p.email, email_valid = p.email_valid, email_opted_in = p.email_opted_in,
       phone = p.phone, sms_opted_in = p.sms_opted_in, whatsapp_verified = p.whatsapp_verified, push_token = p.push_token,
       express_consent = p.express_consent, do_not_sell = p.do_not_sell, country = p.country
     from jsonb_to_recordset($2) p (external_id text, email text, email_valid boolean, email_opted_in boolean, phone text,
       sms_opted_in boolean, whatsapp_verified boolean, push_token text, express_consent boolean, do_not_sell boolean,
       country text)
     where c.org_no = $1 and c.external_id = p.external_id`,
    [orgNo, JSON.stringify(people)],
  );
  const rows = people.flatMap(({ external_id, suppressed }) =>
    suppressed.map((channel) => ({ external_id, channel: channel === 'all' ? 0 : CHANNEL[channel] })),
  );
  await sql(
    `insert into campaign.suppression (org_no, contact_no, channel, reason)
     select $1, c.contact_no, s.channel, 'unsubscribed' from jsonb_to_recordset($2) s (external_id text, channel smallint)
     join campaign.contact c on c.org_no = $1 and c.external_id = s.external_id`,
    [orgNo, JSON.stringify(rows)],
  );
}

const crowd = (people: number): Someone[] =>
  Array.from({ length: people }, (_, n) => ({ ...able, external_id: `able-${n}`, email: `able-${n}@example.com` }));

test('the hint of another channel takes no chunk', async () => {
  const started = await openExecution(world, 0, { plan: { ...everything, channels: ['sms'] } });
  await addPeople(world.database.dispatcher, started.orgNo, crowd(3));
  await expand(started);
  const [ref] = await open(started);
  expect(ref?.channel).toBe('sms');
  expect(ref && (await guard(world, { ...ref, channel: 'push' }))).toBeUndefined();
  expect(ref && (await guard(world, ref))?.messages).toHaveLength(3);
});

test('a slice is handed over on the channel of its chunk', async () => {
  const started = await openExecution(world, 0, {
    plan: { ...everything, channels: ['sms', 'email'], channelStrategy: 'ALL' },
  });
  await sql('update campaign.organization set settings = $2 where org_no = $1', [
    started.orgNo,
    { limits: { enabled: false } },
  ]);
  await addPeople(world.database.dispatcher, started.orgNo, crowd(2));
  await expand(started);
  const handed: OutgoingMessage[] = [];
  const parts = testSender(world.sender, async (messages) => {
    handed.push(...messages);
    return messages.map(({ key }) => ({ key, outcome: 'accepted' }));
  });
  const execution = await new RunningExecutions(world.sender).get(started.execNo);
  for (const ref of await open(started)) {
    const slice = await guard(world, ref);
    if (slice && execution) await new SliceWork(parts, execution, ref, slice).run();
  }
  expect(handed.map(({ channel, to }) => `${channel} ${to}`).sort()).toEqual([
    'email able-0@example.com',
    'email able-1@example.com',
    'sms +4915112345678',
    'sms +4915112345678',
  ]);
  const counted = await sql(
    'select channel, sum(sent)::int as sent from campaign.counter where exec_no = $1 group by 1 order by 1',
    [started.execNo],
  );
  expect(counted).toEqual([
    { channel: CHANNEL.email, sent: 2 },
    { channel: CHANNEL.sms, sent: 2 },
  ]);
  expect(await findDifferences(world.database.dispatcher, started.execNo)).toEqual([]);
});

test('commercial text messages rest at night where nothing else does, and the guard looks again', async () => {
  const night = { from: '21:00', until: '08:00', timeZone: 'UTC', skips: false };
  const started = await openExecution(world, 0, {
    plan: { ...everything, channels: ['sms', 'email'], channelStrategy: 'ALL', smsQuietHours: night },
  });
  await addPeople(world.database.dispatcher, started.orgNo, crowd(2));
  world.pass(13 * 3_600_000); // 23:00
  await expand(started);
  const due = await sql<{ channel: number; due_at: Date }>(
    'select channel, due_at from campaign.chunk where exec_no = $1 order by channel',
    [started.execNo],
  );
  expect(due.map(({ channel, due_at }) => [channelName.get(channel), due_at.toISOString()])).toEqual([
    ['email', world.now.toISOString()],
    ['sms', '2026-11-21T08:00:00.000Z'],
  ]);
  await sql('update campaign.chunk set due_at = $2 where exec_no = $1', [started.execNo, world.now]);
  for (const ref of await open(started)) {
    const slice = await guard(world, ref, { hours: ref.channel === 'sms' ? night : null });
    expect([ref.channel, slice?.messages.length, slice?.putOff.length]).toEqual(
      ref.channel === 'sms' ? ['sms', 0, 2] : ['email', 2, 0],
    );
  }
});

test('quiet hours that are apart from each other are both kept', async () => {
  const hours = {
    from: '21:00',
    until: '08:00',
    timeZone: 'UTC',
    skips: false,
    also: { from: '12:00', until: '14:00' },
  };
  const started = await openExecution(world, 0, {
    plan: { ...everything, channels: ['sms'], smsQuietHours: hours },
  });
  await addPeople(world.database.dispatcher, started.orgNo, crowd(1));
  world.pass(new Date('2026-11-25T13:30:00Z').getTime() - world.now.getTime());
  await expand(started);
  const [chunk] = await sql<{ due_at: Date }>('select due_at from campaign.chunk where exec_no = $1', [started.execNo]);
  expect(chunk?.due_at.toISOString()).toBe('2026-11-25T14:00:00.000Z');
  await sql('update campaign.chunk set due_at = $2 where exec_no = $1', [started.execNo, world.now]);
  const [ref] = await open(started);
  const slice = ref && (await guard(world, ref, { hours }));
  expect(slice?.putOff).toEqual([{ seq: 1, until: Date.parse('2026-11-25T14:00:00Z') }]);
});

test("a channel's own limit holds it back and no other, in the guard and in the hints", async () => {
  const started = await openExecution(world, 0, {
    plan: { ...everything, channels: ['sms', 'email'], channelStrategy: 'ALL' },
  });
  const { orgNo, execNo } = started;
  await sql('update campaign.organization set settings = $2 where org_no = $1', [
    orgNo,
    { limits: { messagesPerHour: 1_000_000, emailsPerHour: 1_000_000, smsPerHour: 60 } },
  ]);
  await sql("update campaign.execution set status = 'paused' where exec_no <> $1", [execNo]);
  await addPeople(world.database.dispatcher, orgNo, crowd(30));
  await expand(started, 10);
  const execution = await new RunningExecutions(world.sender).get(execNo);
  const on = (channel: ChannelKind) => (execution ? throttlesOn(execution, channel) : []);
  expect(on('email').map(({ scope }) => scope)).toEqual([`organization:${orgNo}`]);
  expect(on('sms').map(({ scope }) => scope)).toEqual([`organization:${orgNo}`, `organization:${orgNo}:2`]);

  const take = (ref: Awaited<ReturnType<typeof open>>[number]) =>
    guardSlice(world.sender, ref, {
      take: true,
      leaseMs: 1,
      rows: 500,
      takesKeys: true,
      keyWindowMs: 86_400_000,
      throttles: on(ref.channel),
      expiresAfterHours: 72,
    });
  const texts = (await open(started)).filter(({ channel }) => channel === 'sms');
  const mails = (await open(started)).filter(({ channel }) => channel === 'email');
  expect(texts[0] && (await take(texts[0]))?.messages).toHaveLength(1);
  expect(texts[1] && (await take(texts[1]))).toBeUndefined();
  const limits = [`organization:${orgNo}`];
  await sql('update campaign.limiter set free_at = now() where scope = any($1)', [limits]);
  expect(mails[0] && (await take(mails[0]))?.messages).toHaveLength(10);

  const subjects: string[] = [];
  const bus = {
    publishBatch: async (messages: readonly { readonly subject: string }[]) => {
      subjects.push(...messages.map(({ subject }) => subject));
    },
  };
  await sql('update campaign.limiter set free_at = now() where scope = any($1)', [limits]);
  await new Hints().give({ database: world.database.dispatcher, bus, repeatAfterMs: 60_000, outstanding: 1_000 });
  expect(new Set(subjects)).toEqual(new Set(['work.send.email']));
});
