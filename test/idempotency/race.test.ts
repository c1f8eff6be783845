import type { MikroORM } from '@mikro-orm/postgresql';
import { cloneCampaign } from '../../src/campaign/clone-campaign';
import { createCampaign } from '../../src/campaign/create-campaign';
import { startCampaign } from '../../src/campaign/start-campaign';
import { importRows } from '../../src/contact/contact-service';
import { keepLedger } from '../../src/dispatch/ledger-upkeep';
import { once } from '../../src/idempotency/once';
import { createOrm } from '../../src/orm';
import { createScope, type Scope } from '../../src/scope';
import { createSegment } from '../../src/segment/segment-service';
import { createReady, openWorld, readyDraft, readyScope, type World } from '../campaign/campaign-world';
import { until } from '../support/until';

const PROCESSES = 8;
const KEYS = 25;

let world: World;
let orms: MikroORM[];
beforeAll(async () => {
  world = await openWorld();
  const url = world.parts.entityManager.config.get('clientUrl') ?? '';
  const one = () => createOrm({ url, applicationName: 'test process', poolSize: 2 });
  orms = await Promise.all(Array.from({ length: PROCESSES }, one));
}, 60_000);
afterAll(async () => {
  await Promise.all(orms.map((orm) => orm.close()));
  await world.close();
});

/** The same unit of work as each of eight processes has it: a pool of its own. */
const eightTimes = ({ viewer, request }: Scope): Scope[] =>
  orms.map((orm) => createScope({ ...world.parts, entityManager: orm.em }, viewer, request));

/** All processes do the work for each key at once; what each of them was answered, by key. */
async function race<Answer>(scope: Scope, work: (scope: Scope, key: string) => Promise<Answer>): Promise<Answer[][]> {
  const answers: Answer[][] = [];
  for (let n = 0; n < KEYS; n++) {
    answers.push(await Promise.all(eightTimes(scope).map((process) => work(process, `key-${n}`))));
  }
  return answers;
}
const count = async (scope: Scope, table: string) => {
  const [row] = await scope.read((tx) => tx.query<{ n: number }>(`select count(*)::int as n from campaign.${table}`));
  return row?.n;
};
/** One answer for each key, and another one for each other key. */
const expectOneEach = (answers: readonly (readonly unknown[])[]) => {
  const distinct = answers.map((of) => new Set(of.map((answer) => JSON.stringify(answer))));
  expect(distinct.map(({ size }) => size)).toEqual(answers.map(() => 1));
  expect(new Set(distinct.flatMap((of) => [...of])).size).toBe(answers.length);
};

test('eight processes that create the same at once make one, and all get its id', async () => {
  const scope = await world.scopeOf('race-create');
  const drafts = new Map(Array.from({ length: KEYS }, (_, n) => [`key-${n}`, readyDraft()]));
  expectOneEach(await race(scope, (process, key) => createCampaign(process, drafts.get(key) ?? readyDraft(), key)));
  expect([await count(scope, 'campaign'), await count(scope, 'audit_entry')]).toEqual([KEYS, KEYS]);
}, 120_000);

test('the same holds for copies, segments and imports', async () => {
  const scope = await world.scopeOf('race-others');
  const id = await createReady(scope);
  const rules = { field: 'country', operator: 'equals', value: 'DE' } as const;
  expectOneEach(await race(scope, (process, key) => cloneCampaign(process, { id, name: `Copy ${key}` }, key)));
  expectOneEach(await race(scope, (process, key) => createSegment(process, { name: `Segment ${key}`, rules }, key)));
  const batch = (key: string) => ({ contacts: [{ externalId: key }], emailOptedIn: true });
  const reports = await race(scope, (process, key) => importRows(process, batch(key), key));
  expect(reports.flat()).toEqual(reports.flat().map(() => expect.objectContaining({ created: 1, accepted: 1 })));
  expect(await count(scope, 'contact')).toBe(KEYS);
  expect(await count(scope, 'campaign')).toBe(KEYS + 1);
  expect(await count(scope, 'segment')).toBe(KEYS);
}, 120_000);

test('of starts with one key, with keys of their own and with none there is one execution, and all are told of it', async () => {
  const scope = await readyScope(world, 'race-start');
  await scope.write((em) =>
    em.execute(`update campaign.organization set settings = settings || '{"limits": {"runningCampaigns": 1000}}'`),
  );
  for (const keyOf of [() => 'one', (n: number) => `own-${n}`, () => undefined]) {
    const ids = await Promise.all(Array.from({ length: 10 }, () => createReady(scope)));
    for (const id of ids) {
      const started = await Promise.all(
        eightTimes(scope).map((process, n) => {
          const key = keyOf(n);
          return startCampaign(process, { id }, key && `${id}-${key}`);
        }),
      );
      expect(new Set(started.map(({ executionId }) => executionId)).size).toBe(1);
    }
  }
  expect(await count(scope, 'execution')).toBe(30);
}, 120_000);

const write = (scope: Scope, key: string | undefined, work: () => Promise<string>, body: unknown = 'body') =>
  scope.write((em) => once(em, scope, { operation: 'test', key, body }, work));

test('a twin waits for the first: it answers the same when that commits, and does the work when that fails', async () => {
  const scope = await world.scopeOf('race-twin');
  const [first, second] = eightTimes(scope);
  if (!first || !second) throw new Error('no processes');
  const claimed = Promise.withResolvers<void>();
  const outcome = Promise.withResolvers<string>();
  const failing = write(first, 'key', () => {
    claimed.resolve();
    return outcome.promise;
  });
  await claimed.promise;
  const waiting = write(second, 'key', async () => 'second');
  await until('the second to wait', async () => {
    const waits = await world.ledger.query('select 1 from pg_locks where not granted');
    return waits.length > 0;
  });
  outcome.reject(new Error('lost'));
  await expect(failing).rejects.toThrow('lost');
  expect(await waiting).toBe('second');
  expect(await write(first, 'key', async () => 'third')).toBe('second');
});

test('the key of the header serves a mutation without its own, and its own goes before it', async () => {
  const { viewer } = await world.scopeOf('header');
  const scope = createScope(world.parts, viewer, { id: 'r', idempotencyKey: 'header' });
  expect(await write(scope, undefined, async () => 'first')).toBe('first');
  expect(await write(scope, undefined, async () => 'second')).toBe('first');
  expect(await write(scope, 'own', async () => 'third')).toBe('third');
  expect(await write(scope, 'header', async () => 'fourth')).toBe('first');
});

test('another input is a conflict; another operation and another organization are not', async () => {
  const [scope, elsewhere] = [await world.scopeOf('key-a'), await world.scopeOf('key-b')];
  expect(await write(scope, 'key', async () => 'a')).toBe('a');
  await expect(write(scope, 'key', async () => 'b', 'other')).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  expect(await write(elsewhere, 'key', async () => 'c', 'other')).toBe('c');
  const request = { operation: 'another', key: 'key', body: 'other' };
  expect(await scope.write((em) => once(em, scope, request, async () => 'd'))).toBe('d');
});

test.each(['', ' ', 'a b', 'ü', 'x'.repeat(201)])('%j is no key', async (key) => {
  const scope = await world.scopeOf('key-form');
  await expect(write(scope, key, async () => 'x')).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_INVALID' });
});

test('a key is known for 35 days', async () => {
  const scope = await world.scopeOf('key-days');
  const born = world.now.getTime();
  const after = async (days: number, answer: string) => {
    const now = new Date(born + days * 86_400_000);
    await keepLedger(world.ledger, now);
    return write({ ...scope, now: () => now }, 'key', async () => answer);
  };
  expect(await after(0, 'first')).toBe('first');
  expect(await after(1.01, 'second')).toBe('first');
  expect(await after(34.9, 'third')).toBe('first');
  expect(await after(35.1, 'fourth')).toBe('fourth');
});
