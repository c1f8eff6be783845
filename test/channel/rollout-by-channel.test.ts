import { variantChoiceOf } from '../../src/delivery/variant-choice';
import { expandStep } from '../../src/dispatch/expand';
import type { FrozenPlan } from '../../src/execution/frozen-plan';
import { defaultExperiment } from '../../src/experiment/experiment';
import { findDifferences } from '../../src/operations/check-invariants';
import { channelName } from '../../src/shared/ledger-codes';
import { type DeliveryWorld, guard, openDeliveryWorld, openExecution } from '../delivery/delivery-world';
import { addPeople } from './people';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await openDeliveryWorld();
});
afterAll(() => world.close());

const sql = <Row extends object>(statement: string, values: readonly unknown[] = []) =>
  world.database.dispatcher.query<Row>(statement, values);

const PEOPLE = 120;
const people = Array.from({ length: PEOPLE }, (_, n) => ({
  external_id: `w-${n}`,
  email: `w-${n}@example.com`,
  email_valid: n % 5 !== 0,
  email_opted_in: true,
  phone: n % 3 === 0 ? null : `+491511234${1_000 + n}`,
  sms_opted_in: true,
  whatsapp_verified: false,
  push_token: null,
  express_consent: false,
  do_not_sell: false,
  country: null,
  suppressed: [],
}));

const arm = (no: number) => ({ no, id: `var_${no}`, name: `${no}`, isControl: false, allocation: 5_000, content: {} });
const bandit: Partial<FrozenPlan> = {
  channels: ['sms', 'email'],
  channelStrategy: 'ALL',
  include: [{ field: 'external_id', operator: 'exists', value: true }],
  salt: 'bandit',
  variants: [arm(1), arm(2)],
  experiment: { ...defaultExperiment, mode: 'BANDIT', batches: 1, batchMinutes: 10 },
};

const useEpoch = async (execNo: number, epoch: number, weights: readonly { no: number; weight: number }[]) => {
  await sql(
    `insert into campaign.allocation_epoch (exec_no, epoch, org_no, weights)
     select exec_no, $2, org_no, $3 from campaign.execution where exec_no = $1`,
    [execNo, epoch, JSON.stringify(weights)],
  );
  await sql('update campaign.execution set epoch = $2 where exec_no = $1', [execNo, epoch]);
};

async function startWaiting() {
  const { execNo, orgNo } = await openExecution(world, 0, { plan: bandit });
  await addPeople(world.database.dispatcher, orgNo, people);
  await sql(
    `update campaign.execution set release_at = created_at, upper_contact_no = (select max(contact_no) from campaign.contact)
     where exec_no = $1`,
    [execNo],
  );
  while (!(await expandStep(world.database.dispatcher, { execNo, now: world.now, batch: 50, chunkSize: 9 })).closed);
  return execNo;
}

const chunks = async (execNo: number) =>
  (
    await sql<{ chunk_no: number; fence: number; channel: number }>(
      'select chunk_no, fence, channel from campaign.chunk where exec_no = $1 order by channel, chunk_no',
      [execNo],
    )
  ).map(({ chunk_no: chunkNo, fence, channel }) => ({
    execNo,
    chunkNo,
    fence,
    channel: channelName.get(channel) ?? 'email',
  }));

const choice = variantChoiceOf({ ...bandit, salt: 'bandit' } as FrozenPlan);

const variantsOf = async (execNo: number) =>
  Map.groupBy(
    await sql<{ contact_no: number; variant_no: number | null; gate: number }>(
      'select contact_no, variant_no, gate from campaign.message where exec_no = $1',
      [execNo],
    ),
    ({ contact_no: contactNo }) => contactNo,
  );

test('all messages of a person get the variant of the first that is claimed, whatever is decided in between', async () => {
  const execNo = await startWaiting();
  const [text, ...others] = await chunks(execNo);
  await useEpoch(execNo, 1, [
    { no: 1, weight: 5_000 },
    { no: 2, weight: 5_000 },
  ]);
  for (const ref of [text, ...others.slice(0, 4)]) if (ref) await guard(world, ref, { choice });
  await useEpoch(execNo, 2, [{ no: 2, weight: 10_000 }]);
  for (const ref of others.slice(4)) await guard(world, ref, { choice });
  for (const rows of (await variantsOf(execNo)).values()) {
    const sent = rows.filter(({ gate }) => gate === 0);
    expect(new Set(sent.map(({ variant_no: no }) => no)).size).toBeLessThanOrEqual(1);
    for (const { variant_no: no } of sent) expect([1, 2]).toContain(no);
  }
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
  const [sums] = await sql(
    'select sum(people)::int as people, sum(eligible)::int as eligible from campaign.counter where exec_no = $1',
    [execNo],
  );
  const reachable = people.filter(({ email_valid: mail, phone }) => mail || phone !== null).length;
  expect(sums).toEqual({ people: PEOPLE, eligible: reachable });
});

test('nor do claims at the same time part the messages of a person', async () => {
  const execNo = await startWaiting();
  await useEpoch(execNo, 1, [{ no: 1, weight: 10_000 }]);
  const deciding = (async () => {
    for (let epoch = 2; epoch < 12; epoch += 1)
      await useEpoch(execNo, epoch, [{ no: 1 + (epoch % 2), weight: 10_000 }]);
  })();
  await Promise.all((await chunks(execNo)).map((ref) => guard(world, ref, { choice })));
  await deciding;
  for (const rows of (await variantsOf(execNo)).values())
    expect(new Set(rows.flatMap(({ gate, variant_no: no }) => (gate === 0 ? [no] : []))).size).toBeLessThanOrEqual(1);
  expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
});
