import { Expansion } from '../../src/dispatch/expansion';
import { findDifferences } from '../../src/operations/check-invariants';
import { type DeliveryWorld, openDeliveryWorld, openExecution } from '../delivery/delivery-world';

let world: DeliveryWorld;
beforeEach(async () => {
  world = await openDeliveryWorld();
});
afterEach(() => world.close());

const sql = <Row extends object>(statement: string, values: readonly unknown[] = []) =>
  world.database.dispatcher.query<Row>(statement, values);

const parts = (expandBatch = 10_000) => ({
  database: world.database.dispatcher,
  expandBatch,
  chunkSize: 500,
  changed: () => {},
});

const openSome = async (count: number, people: number): Promise<number[]> => {
  const execNos: number[] = [];
  for (let n = 0; n < count; n += 1) execNos.push((await openExecution(world, people)).execNo);
  return execNos;
};

const judged = async (execNo: number): Promise<number> =>
  (await sql('select 1 from campaign.message where exec_no = $1', [execNo])).length;

test('small executions are expanded in one transaction, each with an account of its own', async () => {
  const execNos = await openSome(12, 7);
  expect(await new Expansion().round(parts())).toBe(false);
  for (const execNo of execNos) {
    expect(await judged(execNo)).toBe(7);
    expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
  }
  const transactions = await sql('select distinct xmin::text from campaign.execution where audience_closed');
  expect(transactions).toHaveLength(1);
});

test('one that cannot be expanded holds up nobody, leaves nothing behind, and is left alone for a while', async () => {
  const execNos = await openSome(5, 3);
  const poisoned = execNos[2] ?? 0;
  await sql('update campaign.execution set next_seq = 2147483647 where exec_no = $1', [poisoned]);
  const expansion = new Expansion();
  await expect(expansion.round(parts())).rejects.toThrow(`execution ${poisoned} cannot be expanded`);
  for (const execNo of execNos) {
    expect(await judged(execNo)).toBe(execNo === poisoned ? 0 : 3);
    expect(await findDifferences(world.database.dispatcher, execNo)).toEqual([]);
  }
  expect(await expansion.round(parts())).toBe(false);
});

test('a new execution waits for one step of a large one at most, and large ones take turns', async () => {
  const [first = 0, second = 0] = await openSome(2, 25);
  const expansion = new Expansion();
  const counts = async () => [await judged(first), await judged(second)];
  const steps = parts(10);
  expect(await expansion.round(steps)).toBe(true);
  expect(await counts()).toEqual([10, 10]);
  const [late = 0] = await openSome(1, 3);
  expect(await expansion.round(steps)).toBe(true);
  expect([...(await counts()), await judged(late)]).toEqual([20, 10, 3]);
  expect(await expansion.round(steps)).toBe(true);
  expect(await counts()).toEqual([20, 20]);
  while (await expansion.round(steps));
  expect(await counts()).toEqual([25, 25]);
});

test('a large execution whose steps take long goes on in smaller ones, so that a pause waits for a short time', async () => {
  const [execNo = 0] = await openSome(1, 6_000);
  const { dispatcher } = world.database;
  const msOfSteps = [0, 1_600, 400, 100, 100, 100];
  let time = 0;
  const slow: typeof dispatcher = {
    ...dispatcher,
    transaction: (work, opening) => {
      time += msOfSteps.shift() ?? 0;
      return dispatcher.transaction(work, opening);
    },
  };
  const expansion = new Expansion(() => time);
  const sizes: number[] = [];
  for (let more = true, before = 0; more; before += sizes.at(-1) ?? 0) {
    more = await expansion.round({ ...parts(3_000), database: slow });
    sizes.push((await judged(execNo)) - before);
  }
  expect(sizes).toEqual([1_000, 1_000, 250, 250, 500, 1_000, 2_000]);
});
