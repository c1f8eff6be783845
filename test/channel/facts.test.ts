import fc from 'fast-check';
import { readFacts, zoneOf } from '../../src/channel/person-facts';
import { expandStep } from '../../src/dispatch/expand';
import { applyDirectoryEvent } from '../../src/events/directory-events';
import type { FrozenPlan } from '../../src/execution/frozen-plan';
import { CHANNEL, type ChannelKind, channelName, REASON, reasonName } from '../../src/shared/ledger-codes';
import { type DeliveryWorld, guard, openDeliveryWorld, openExecution, type Started } from '../delivery/delivery-world';
import { type Someone, stopOn } from './channel-oracle';
import { addPeople, KINDS, someone } from './people';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await openDeliveryWorld();
});
afterAll(() => world.close());

const sql = <Row extends object>(statement: string, values: readonly unknown[] = []) =>
  world.database.dispatcher.query<Row>(statement, values);

async function start(people: readonly Someone[], plan: Partial<FrozenPlan>): Promise<Started> {
  const include = [{ field: 'external_id', operator: 'exists' as const, value: true }];
  const started = await openExecution(world, 0, { plan: { include, salt: 'any', ...plan } });
  await addPeople(world.database.dispatcher, started.orgNo, people);
  await sql(
    'update campaign.execution set upper_contact_no = (select max(contact_no) from campaign.contact) where exec_no = $1',
    [started.execNo],
  );
  const options = { execNo: started.execNo, now: world.now, batch: 100, chunkSize: 100 };
  while (!(await expandStep(world.database.dispatcher, options)).closed);
  return started;
}

interface Row {
  readonly seq: number;
  readonly external_id: string;
  readonly facts: number | null;
  readonly channel: number;
  readonly reason: number | null;
  readonly seen: { facts?: number; suppressions?: unknown[] | null; [more: string]: unknown } | null;
}

const rowsOf = ({ execNo }: Started) =>
  sql<Row>(
    `select m.seq, c.external_id, m.facts, m.channel, x.reason, x.seen from campaign.message m join campaign.contact c using (contact_no)
     left join campaign.message_exception x on x.exec_no = m.exec_no and x.seq = m.seq where m.exec_no = $1 order by m.seq`,
    [execNo],
  );

/** What SPEC §4 lets each gate of a channel ask, read off the person by hand. */
function asked(person: Someone, kind: ChannelKind, commercial: boolean) {
  const onAll = person.suppressed.includes('all') || person.suppressed.includes(kind);
  const number = {
    hasPhone: person.phone !== null,
    phoneValid: person.phone !== null && /^\+[1-9]\d{6,14}$/.test(person.phone),
  };
  const reached: Partial<Record<ChannelKind, object>> = {
    email: { hasEmail: person.email !== null, emailValid: person.email_valid },
    sms: number,
    whatsapp: { ...number, whatsappVerified: person.whatsapp_verified },
    push: { hasPushToken: person.push_token !== null },
  };
  return {
    suppression: {
      suppressed: onAll || (commercial && person.do_not_sell),
      ...(commercial && { doNotSell: person.do_not_sell }),
    },
    consent: {
      ...(kind === 'email' && { emailOptedIn: person.email_opted_in }),
      ...(kind === 'sms' && { smsOptedIn: person.sms_opted_in }),
      ...(commercial && { inCanada: person.country === 'CA', expressConsent: person.express_consent }),
    },
    eligibility: reached[kind] ?? {},
  };
}

const crowds = fc.record({
  channels: fc.shuffledSubarray([...KINDS], { minLength: 1 }),
  channelStrategy: fc.constantFrom('FIRST_ELIGIBLE' as const, 'ALL' as const),
  commercial: fc.boolean(),
  people: fc.tuple(...Array.from({ length: 20 }, (_, n) => someone(n))),
});

test('what the channels asked is kept of everybody as it was answered, sent or not, held out or not', async () => {
  await fc.assert(
    fc.asyncProperty(crowds, async ({ people, ...plan }) => {
      const rows = await rowsOf(await start(people, { ...plan, holdoutPercentage: 15 }));
      const byId = new Map(people.map((person) => [person.external_id, person]));
      expect(new Set(rows.map(({ external_id }) => external_id)).size).toBe(people.length);
      for (const { external_id, facts, channel, reason, seen } of rows) {
        const person = byId.get(external_id) as Someone;
        const own = channelName.get(channel) as ChannelKind;
        for (const kind of plan.channels)
          expect(readFacts(facts ?? 0, kind, plan)).toEqual(asked(person, kind, plan.commercial));
        const suppressed = person.suppressed.some(
          (one) => one === 'all' || (plan.channels as readonly ChannelKind[]).includes(one),
        );
        if (reason !== null && suppressed) expect(seen?.suppressions).toHaveLength(known(person, plan.channels));
        if (reason === REASON.suppressed) expect(stopOn(person, own, plan.commercial)).toBe('suppressed');
        if (reason === null) expect(seen).toBeNull();
      }
    }),
    { numRuns: 40, endOnFailure: true },
  );
}, 120_000);

const known = ({ suppressed }: Someone, channels: readonly ChannelKind[]): number =>
  suppressed.filter((one) => one === 'all' || channels.includes(one)).length;

const able = (n: number): Someone => ({
  external_id: `able-${n}`,
  email: `able-${n}@example.com`,
  email_valid: true,
  email_opted_in: true,
  phone: '+4915112345678',
  sms_opted_in: true,
  whatsapp_verified: true,
  push_token: 'token',
  express_consent: true,
  do_not_sell: false,
  country: 'CA',
  suppressed: [],
});

const changes: readonly (readonly [change: string, reason: keyof typeof REASON])[] = [
  [
    "insert into campaign.suppression (org_no, contact_no, channel, reason, created_at) select org_no, contact_no, 2, 'unsubscribed', '2026-11-20T09:58:00Z'",
    'suppressed',
  ],
  ['update sms_opted_in = false', 'no_consent'],
  ['update express_consent = false', 'no_consent'],
  ["update phone = '110'", 'not_eligible'],
  ['update do_not_sell = true', 'suppressed'],
];

async function change(orgNo: number, id: string, what: string): Promise<void> {
  const whose = ' campaign.contact where org_no = $1 and external_id = $2';
  const statement = what.startsWith('update')
    ? `update campaign.contact set ${what.slice(7)} where org_no = $1 and external_id = $2`
    : `${what} from${whose}`;
  await sql(statement, [orgNo, id]);
}

const chunkOf = async ({ execNo }: Started) => {
  const [row] = await sql<{ chunk_no: number; fence: number; channel: number }>(
    'select chunk_no, fence, channel from campaign.chunk where exec_no = $1 and state = 0 order by chunk_no',
    [execNo],
  );
  if (!row) throw new Error('no chunk');
  return { execNo, chunkNo: row.chunk_no, fence: row.fence, channel: channelName.get(row.channel) ?? 'email' };
};

test('whom the check before the hand-over stops, of them is kept what it saw, and what the start had seen', async () => {
  const started = await start(changes.map((_, n) => able(n)).concat(able(9)), { channels: ['sms'], commercial: true });
  for (const [n, [what]] of changes.entries()) await change(started.orgNo, `able-${n}`, what);
  const slice = await guard(world, await chunkOf(started), { commercial: true });
  expect(slice?.messages.map(({ external_id }) => external_id)).toEqual(['able-9']);

  const rows = await rowsOf(started);
  const plan = { commercial: true };
  for (const { facts } of rows) expect(readFacts(facts ?? 0, 'sms', plan)).toEqual(asked(able(0), 'sms', true));
  expect(rows.map(({ reason }) => reasonName.get(reason ?? 0))).toEqual([
    ...changes.map(([, reason]) => reason),
    undefined,
  ]);
  const then = rows.map(({ seen }) => (seen?.facts === undefined ? undefined : readFacts(seen.facts, 'sms', plan)));
  expect(then[1]?.consent).toEqual({ smsOptedIn: false, inCanada: true, expressConsent: true });
  expect(then[2]?.consent).toEqual({ smsOptedIn: true, inCanada: true, expressConsent: false });
  expect(then[3]?.eligibility).toEqual({ hasPhone: true, phoneValid: false });
  expect(then[4]?.suppression).toEqual({ suppressed: false, doNotSell: true });
  expect(rows[0]?.seen?.suppressions).toEqual([
    { channel: CHANNEL.sms, reason: 'unsubscribed', since: expect.stringMatching(/^2026-11-20T/) },
  ]);
  expect(then[5]).toBeUndefined();
  expect(JSON.stringify(rows.map(({ seen }) => seen))).not.toMatch(/@|4915112345678|token/);
});

test('a sender that dies after its guard, and the next one: what the first saw stays as it was', async () => {
  const started = await start([able(0), able(1)], { channels: ['sms'], commercial: true });
  await change(started.orgNo, 'able-0', 'update sms_opted_in = false');
  await guard(world, await chunkOf(started), { commercial: true });
  const [before] = await rowsOf(started);
  expect(before).toMatchObject({ reason: REASON.no_consent, seen: { suppressions: null } });
  await change(started.orgNo, 'able-0', 'update sms_opted_in = true, express_consent = false');
  world.pass(6_000);
  const next = await guard(world, await chunkOf(started), { commercial: true });
  expect(next?.messages).toMatchObject([{ external_id: 'able-1', may_have_left: true }]);
  expect((await rowsOf(started))[0]).toEqual(before);
});

const quietHours = { from: '21:00', until: '08:00', timeZone: 'America/Los_Angeles', skips: true };

test('who is skipped for their quiet hours, of them the zone and the end are kept; and the zone of everybody where hours are quiet', async () => {
  const started = await start([able(0), able(1), able(2)], { channels: ['email'] });
  await sql("update campaign.contact set time_zone = 'Pacific/Auckland' where org_no = $1 and external_id = 'able-1'", [
    started.orgNo,
  ]);
  await sql("update campaign.contact set time_zone = 'europe/athens' where org_no = $1 and external_id = 'able-2'", [
    started.orgNo,
  ]);
  await guard(world, await chunkOf(started), { hours: quietHours });
  const [fallback, own, awake] = await rowsOf(started);
  expect(fallback?.seen).toEqual({ timeZone: 'America/Los_Angeles', until: expect.any(String) });
  expect(own?.seen).toEqual({ timeZone: 'Pacific/Auckland', until: expect.any(String) });
  expect(new Date(String(own?.seen?.until)).toISOString()).toMatch(/T19:00:00/);
  expect(awake).toMatchObject({ reason: null, seen: null });
  expect(zoneOf(awake?.facts ?? 0)).toBe(0);

  const { execNo, orgNo } = await openExecution(world, 3, {
    zones: [null, 'europe/athens', 'Nowhere/Yet'],
    quietHours,
  });
  expect((await expandStep(world.database.dispatcher, { execNo, now: world.now, batch: 9, chunkSize: 9 })).closed).toBe(
    true,
  );
  const zones = await sql<{ zone: string | null; name: string | null; facts: number }>(
    `select c.time_zone as zone, z.name, m.facts from campaign.message m join campaign.contact c using (contact_no)
     left join campaign.time_zone z on z.no = m.facts >> 21 where m.exec_no = $1 and c.org_no = $2 order by lower(c.time_zone)`,
    [execNo, orgNo],
  );
  expect(zones.map(({ zone, name, facts }) => [zone, name, zoneOf(facts)])).toEqual([
    ['europe/athens', 'Europe/Athens', expect.any(Number)],
    ['Nowhere/Yet', null, 1023],
    [null, null, 0],
  ]);
});

test('what expired tells when', async () => {
  const started = await start([able(0)], { channels: ['email'] });
  world.pass(73 * 3_600_000);
  await guard(world, await chunkOf(started));
  const [row] = await rowsOf(started);
  expect(row).toMatchObject({ reason: REASON.expired, seen: { expiredAt: expect.any(String) } });
});

test('of who is erased nothing of it is left', async () => {
  const started = await start([able(0), { ...able(1), suppressed: ['email'] }, able(2)], { channels: ['email'] });
  const event = { organizationId: 'any', source: 'users', eventId: 'e', kind: 'deleted' } as const;
  for (const externalId of ['able-0', 'able-1'])
    await world.database.dispatcher.transaction((tx) =>
      applyDirectoryEvent(tx, started.orgNo, { ...event, externalId }, world.now),
    );
  const left = (await rowsOf(started)).toSorted((a, b) => a.external_id.localeCompare(b.external_id));
  expect(left.map(({ facts, reason, seen }) => [facts, reason, seen])).toEqual([
    [null, null, null],
    [null, REASON.suppressed, null],
    [expect.any(Number), null, null],
  ]);
});
