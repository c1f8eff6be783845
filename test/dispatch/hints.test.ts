import { Hints } from '../../src/dispatch/hints';
import { type DeliveryWorld, openDeliveryWorld, startExecution } from '../delivery/delivery-world';

let world: DeliveryWorld;
beforeEach(async () => {
  world = await openDeliveryWorld();
});
afterEach(() => world.close());

const sql = (statement: string, values: readonly unknown[]) => world.database.owner.query(statement, [...values]);

interface Hint {
  readonly e: number;
  readonly c: number;
  readonly f: number;
  readonly n: number;
}

/** A dispatcher's hints, and whom they named since one asked. */
function dispatcher(outstanding: number) {
  const hints = new Hints();
  return async (): Promise<Hint[]> => {
    const given: Hint[] = [];
    const bus = {
      publishBatch: async (messages: readonly { readonly payload: Uint8Array | string }[]) => {
        for (const { payload } of messages) given.push(JSON.parse(String(payload)));
      },
    };
    await hints.give({ database: world.database.dispatcher, bus, repeatAfterMs: 60_000, outstanding });
    return given;
  };
}

const limit = (orgNo: number, enabled: boolean) =>
  sql('update campaign.organization set settings = $2 where org_no = $1', [orgNo, { limits: { enabled } }]);

/** The hinted chunks are done. */
const finish = async (hints: readonly Hint[]): Promise<void> => {
  for (const { e, c } of hints)
    await sql('update campaign.chunk set state = 1 where exec_no = $1 and chunk_no = $2', [e, c]);
};

async function unlimited(people: number, chunkSize: number, organization?: string): Promise<number> {
  const started = await startExecution(world, people, { chunkSize, ...(organization && { organization }) });
  await limit(started.orgNo, false);
  return started.execNo;
}

test('hints stand for messages: of small chunks more are under way than of large ones', async () => {
  await unlimited(100, 5);
  const given = await dispatcher(40)();
  expect(given.map(({ n }) => n)).toEqual(Array.from({ length: 8 }, () => 5));
});

test('the next hints are given when half of the last ones are done, and none of them twice', async () => {
  await unlimited(100, 5);
  const give = dispatcher(40);
  const first = await give();
  await finish(first.slice(0, 3));
  expect(await give()).toEqual([]);
  await finish(first.slice(3, 4));
  const second = await give();
  expect(second).toHaveLength(4);
  const chunks = [...first, ...second].map(({ c }) => c);
  expect(new Set(chunks).size).toBe(chunks.length);
});

test("many campaigns of one organization do not hide another organization's", async () => {
  for (let n = 0; n < 6; n += 1) await unlimited(10, 5, 'org-busy');
  const other = await unlimited(20, 5);
  const given = await dispatcher(20)();
  expect(given.filter(({ e }) => e === other)).toHaveLength(2);
});

test('where an organization is limited its campaigns get one chunk at a time, by turns', async () => {
  const organization = 'org-limited';
  const started = [];
  for (let n = 0; n < 3; n += 1) started.push(await startExecution(world, 10, { chunkSize: 5, organization }));
  const execNos = started.map(({ execNo }) => execNo);
  const give = dispatcher(1_000);
  const turns: number[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const given = await give();
    expect(given).toHaveLength(1);
    expect(await give()).toEqual([]);
    turns.push(...given.map(({ e }) => e));
    await finish(given);
  }
  expect(turns).toEqual([...execNos, execNos[0]]);
});

/** A slice of each hinted chunk went out: its limit gives again just now, and the chunk is open for whoever comes next. */
const sendSlice = async (hints: readonly Hint[]): Promise<void> => {
  for (const { e, c } of hints) {
    await sql('update campaign.chunk set fence = fence + 1 where exec_no = $1 and chunk_no = $2', [e, c]);
    await sql(
      `insert into campaign.limiter (scope, org_no, free_at)
       select 'organization:' || org_no, org_no, clock_timestamp() from campaign.execution where exec_no = $1
       on conflict (scope) do update set free_at = excluded.free_at`,
      [e],
    );
  }
};

test('where there is room for one chunk limited organizations take turns', async () => {
  const execNos = [];
  for (let n = 0; n < 3; n += 1) execNos.push((await startExecution(world, 5)).execNo);
  const give = dispatcher(5);
  const turns: number[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    const given = await give();
    turns.push(...given.map(({ e }) => e));
    await sendSlice(given);
  }
  expect(turns).toEqual([...execNos, ...execNos]);
});

test('every campaign of a limited organization has its turn, however many there are', async () => {
  const organization = 'org-many';
  const execNos = [];
  for (let n = 0; n < 260; n += 1) execNos.push((await startExecution(world, 1, { organization })).execNo);
  const give = dispatcher(1_000);
  const turns = new Set<number>();
  for (let turn = 0; turn < execNos.length; turn += 1) {
    const given = await give();
    for (const { e } of given) turns.add(e);
    await sendSlice(given);
  }
  expect(turns.size).toBe(execNos.length);
}, 60_000);

test('what the bus did not take is told in the next round', async () => {
  await unlimited(10, 5);
  const hints = new Hints();
  const told: string[] = [];
  const parts = { database: world.database.dispatcher, repeatAfterMs: 60_000, outstanding: 1_000 };
  const away = { publishBatch: () => Promise.reject(new Error('the bus is away')) };
  const back = {
    publishBatch: async (messages: readonly { readonly id: string }[]) =>
      void told.push(...messages.map(({ id }) => id)),
  };
  await expect(hints.give({ ...parts, bus: away })).rejects.toThrow('away');
  await hints.give({ ...parts, bus: back });
  expect(told).toHaveLength(2);
});
