import fc from 'fast-check';
import { expandStep } from '../../src/dispatch/expand';
import { ExecutionFactsCache } from '../../src/events/execution-facts';
import type { LocatedReceipt } from '../../src/events/ingest-context';
import { applyReceipts } from '../../src/events/ingest-receipts';
import type { FrozenPlan } from '../../src/execution/frozen-plan';
import { findDifferences } from '../../src/operations/check-invariants';
import { addPeople } from '../channel/people';
import { type DeliveryWorld, openDeliveryWorld, openExecution } from '../delivery/delivery-world';
import { quietLog } from './own-nats-server';

const PEOPLE = 10;
let world: DeliveryWorld;
beforeAll(async () => {
  world = await openDeliveryWorld();
});
afterAll(() => world.close());

// Everybody can be had by text message, some by e-mail: whoever cannot has a row for it all the same.
const people = Array.from({ length: PEOPLE }, (_, n) => ({
  ...{ external_id: `w-${n}`, email: `w-${n}@example.com`, email_valid: n % 3 !== 0, email_opted_in: true },
  ...{ phone: `+49151123410${n}0`, sms_opted_in: true, whatsapp_verified: false, push_token: 'token' },
  ...{ express_consent: false, do_not_sell: false, country: null, suppressed: [] },
}));
const arm = (no: number) => ({ no, id: `var_${no}`, name: `${no}`, isControl: false, allocation: 5_000, content: {} });

async function start(plan: Partial<FrozenPlan>) {
  const started = await openExecution(world, 0, {
    plan: {
      channels: ['sms', 'email', 'push'],
      include: [{ field: 'external_id', operator: 'exists', value: true }],
      variants: [arm(1), arm(2)],
      ...plan,
    },
  });
  const { dispatcher } = world.database;
  await addPeople(dispatcher, started.orgNo, people);
  await dispatcher.query(
    'update campaign.execution set upper_contact_no = (select max(contact_no) from campaign.contact) where exec_no = $1',
    [started.execNo],
  );
  const options = { execNo: started.execNo, now: world.now, batch: 4, chunkSize: 3 };
  while (!(await expandStep(dispatcher, options)).closed);
  return started;
}

interface Row {
  readonly seq: number;
  readonly contact_no: number;
  /** Nothing where the channel does not take the person. */
  readonly variant_no: number | null;
}

const rowsOf = (execNo: number) =>
  world.database.dispatcher.query<Row>(
    'select seq, contact_no, variant_no from campaign.message where exec_no = $1 order by seq',
    [execNo],
  );

const context = () => ({
  ...{ clock: () => world.now, log: quietLog, executions: new ExecutionFactsCache(), publishes: () => false },
  ...{ maxAttempts: 3, softBounceBackoffMs: [1_000] },
});

const told = fc.record({
  kind: fc.constantFrom('opened' as const, 'clicked' as const, 'unsubscribed' as const, 'delivered' as const),
  message: fc.nat(PEOPLE * 3 - 1),
  minute: fc.nat(4),
  machine: fc.boolean(),
});
type Told = typeof told extends fc.Arbitrary<infer Value> ? Value : never;

const toReceipt = (one: Told, row: Row, { execNo, orgNo }: { execNo: number; orgNo: number }): LocatedReceipt => {
  const machine = one.machine && (one.kind === 'opened' || one.kind === 'clicked');
  // The same identity always says the same: whether a program did it is a property of the moment.
  const at = world.now.getTime() + one.minute * 61_000 + (machine ? 7 : 0);
  return {
    ...{ execNo, orgNo, seq: row.seq, attempt: 1, kind: one.kind, at, machine },
    ...{ organizationId: 'any', hard: false, link: null, detail: null },
  };
};

const engaged = async (execNo: number) =>
  world.database.dispatcher.query<{ variant_no: number; opened: number; clicked: number }>(
    `select variant_no, sum(people_opened)::int as opened, sum(people_clicked)::int as clicked from campaign.counter
     where exec_no = $1 group by 1 having sum(people_opened) + sum(people_clicked) <> 0 order by 1`,
    [execNo],
  );

test('of any receipts, repeated, in any batches at the same time, each person counts once who opened or clicked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(told, { minLength: 1, maxLength: 60 }), fc.nat(3), async (story, again) => {
      const started = await start({ channelStrategy: 'ALL' });
      const rows = await rowsOf(started.execNo);
      const receipts = story.flatMap((one) => {
        const row = rows[one.message % rows.length];
        return row ? [toReceipt(one, row, started)] : [];
      });
      const batches = Map.groupBy([...receipts, ...receipts.slice(again)], (_, n) => n % 4);
      await Promise.all(
        [...batches.values()].map((batch) =>
          world.database.dispatcher.transaction((tx) => applyReceipts(tx, batch, context())),
        ),
      );
      expect(await findDifferences(world.database.dispatcher, started.execNo)).toEqual([]);
      const armOf = new Map(rows.flatMap((row) => (row.variant_no === null ? [] : [[row.contact_no, row.variant_no]])));
      const who = (kind: string, no: number) => {
        const seqs = receipts.filter((one) => one.kind === kind && !one.machine).map(({ seq }) => seq);
        const own = new Set(rows.filter(({ seq }) => seqs.includes(seq)).map((row) => row.contact_no));
        return [...own].filter((contactNo) => armOf.get(contactNo) === no).length;
      };
      const expected = [1, 2].map((no) => ({ variant_no: no, opened: who('opened', no), clicked: who('clicked', no) }));
      expect(await engaged(started.execNo)).toEqual(expected.filter(({ opened, clicked }) => opened + clicked > 0));
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 120_000);

test('where each person has one message, nothing but messages is counted, and no others are looked up', async () => {
  const started = await start({ channelStrategy: 'FIRST_ELIGIBLE' });
  const [row] = await rowsOf(started.execNo);
  if (!row) throw new Error('nobody');
  const asked: string[] = [];
  await world.database.dispatcher.transaction(async (tx) => {
    const watched = {
      ...tx,
      query: (...given: Parameters<typeof tx.query>) => {
        asked.push(given[2] ?? '');
        return tx.query(...given);
      },
    };
    const opened = toReceipt({ kind: 'opened', message: 0, minute: 0, machine: false }, row, started);
    await applyReceipts(watched as typeof tx, [opened], context());
  });
  expect(asked).not.toContain('ingest-siblings');
  expect(await engaged(started.execNo)).toEqual([]);
  expect(await findDifferences(world.database.dispatcher, started.execNo)).toEqual([]);
});

test('whoever clicks in two executions counts in each', async () => {
  const [one, other] = [await start({ channelStrategy: 'ALL' }), await start({ channelStrategy: 'ALL' })];
  for (const started of [one, other]) {
    const rows = await rowsOf(started.execNo);
    const receipts = rows.map((row) =>
      toReceipt({ kind: 'clicked', message: 0, minute: 0, machine: false }, row, started),
    );
    await world.database.dispatcher.transaction((tx) => applyReceipts(tx, receipts, context()));
    const counted = await engaged(started.execNo);
    expect(counted.reduce((sum, { clicked }) => sum + clicked, 0)).toBe(PEOPLE);
  }
});
