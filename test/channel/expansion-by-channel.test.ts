import fc from 'fast-check';
import { readStops } from '../../src/channel/channel-stops';
import { expandStep } from '../../src/dispatch/expand';
import { findDifferences } from '../../src/operations/check-invariants';
import { channelName, DISPOSITION, reasonName } from '../../src/shared/ledger-codes';
import { type DeliveryWorld, openDeliveryWorld, openExecution } from '../delivery/delivery-world';
import { messagesFor } from './channel-oracle';
import { addPeople, KINDS, someone } from './people';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await openDeliveryWorld();
});
afterAll(() => world.close());

interface Row {
  readonly external_id: string;
  readonly channel: number;
  readonly slot: number;
  readonly gate: number;
  readonly disposition: number;
  readonly eligible: boolean;
  readonly seq: number;
}

const rowsOf = (execNo: number) =>
  world.database.dispatcher.query<Row>(
    `select c.external_id, m.channel, m.slot, m.gate, m.disposition, m.eligible, m.seq from campaign.message m
     join campaign.contact c using (contact_no) where m.exec_no = $1 order by m.seq`,
    [execNo],
  );

const chunksOf = (execNo: number) =>
  world.database.dispatcher.query<{ channel: number; first_seq: number; last_seq: number }>(
    'select channel, first_seq, last_seq from campaign.chunk where exec_no = $1 order by first_seq',
    [execNo],
  );

const plans = fc.record({
  channels: fc.shuffledSubarray([...KINDS], { minLength: 1 }),
  strategy: fc.constantFrom('FIRST_ELIGIBLE' as const, 'ALL' as const),
  commercial: fc.boolean(),
  holdoutPercentage: fc.constantFrom(0, 12.5),
  share: fc.constantFrom(10_000, 6_000),
  people: fc.tuple(...Array.from({ length: 30 }, (_, n) => someone(n))),
});

test('whoever the people and whatever the channels, each gets the messages that a plain reading of the rules gives them', async () => {
  await fc.assert(
    fc.asyncProperty(plans, async ({ people, strategy, share, ...plan }) => {
      const variant = (no: number, allocation: number, isControl: boolean) => ({
        no,
        id: `var_${no}`,
        name: `${no}`,
        isControl,
        allocation,
        content: {},
      });
      const { execNo, orgNo } = await openExecution(world, 0, {
        plan: {
          ...plan,
          salt: 'any',
          include: [{ field: 'external_id', operator: 'exists', value: true }],
          channelStrategy: strategy,
          variants: [variant(1, share, false), variant(2, 10_000 - share, true)],
        },
      });
      await addPeople(world.database.dispatcher, orgNo, people);
      const sql =
        'update campaign.execution set upper_contact_no = (select max(contact_no) from campaign.contact) where exec_no = $1';
      await world.database.dispatcher.query(sql, [execNo]);
      while (!(await expandStep(world.database.dispatcher, { execNo, now: world.now, batch: 7, chunkSize: 3 })).closed);

      const rows = await rowsOf(execNo);
      const told = rows.map(({ external_id, channel, gate, eligible }) =>
        [external_id, channelName.get(channel), reasonName.get(gate) ?? null, eligible].join(' '),
      );
      const asked = { ...plan, salt: 'any', strategy, share };
      const expected = people.flatMap((person) =>
        messagesFor(person, asked).map(({ channel, reason, eligible }) =>
          [person.external_id, channel, reason, eligible].join(' '),
        ),
      );
      expect(told.sort()).toEqual(expected.sort());
      expect(rows.every(({ channel, slot }) => channel === slot)).toBe(true);
      expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);

      const bySeq = new Map(rows.map((row) => [row.seq, row]));
      for (const { channel, first_seq, last_seq } of await chunksOf(execNo))
        for (let seq = first_seq; seq <= last_seq; seq += 1)
          expect(bySeq.get(seq)).toMatchObject({ channel, disposition: DISPOSITION.queued });
    }),
    { numRuns: 60, endOnFailure: true },
  );
}, 120_000);

test('people count once, whatever the number of their messages', async () => {
  const { execNo } = await openExecution(world, 40, {
    plan: { channels: ['sms', 'email', 'in_app'], channelStrategy: 'ALL', commercial: true },
  });
  await expandStep(world.database.dispatcher, { execNo, now: world.now, batch: 100, chunkSize: 10 });
  const [sums] = await world.database.dispatcher.query(
    `select sum(audience)::int as audience, sum(people)::int as people, sum(eligible)::int as eligible, sum(queued)::int as queued
     from campaign.counter where exec_no = $1`,
    [execNo],
  );
  expect(sums).toEqual({ audience: 120, people: 40, eligible: 40, queued: 80 });
});

test('whom no channel takes is told what each of them said', async () => {
  const { execNo, orgNo } = await openExecution(world, 3, {
    plan: { channels: ['sms', 'push', 'email'], commercial: true },
  });
  await world.database.dispatcher.query(
    'insert into campaign.suppression (org_no, contact_no, channel, reason) select org_no, contact_no, 1, $2 from campaign.contact where org_no = $1',
    [orgNo, 'unsubscribed'],
  );
  await expandStep(world.database.dispatcher, { execNo, now: world.now, batch: 100, chunkSize: 10 });
  const rows = await world.database.dispatcher.query<{ gate: number; channel_stops: number }>(
    'select gate, channel_stops from campaign.message where exec_no = $1',
    [execNo],
  );
  expect(rows).toHaveLength(3);
  for (const { gate, channel_stops: stops } of rows) {
    expect(reasonName.get(gate)).toBe('no_consent');
    expect(readStops(stops, ['sms', 'push', 'email'])).toEqual([
      { channel: 'sms', reason: 'no_consent' },
      { channel: 'push', reason: 'not_eligible' },
      { channel: 'email', reason: 'suppressed' },
    ]);
  }
});
