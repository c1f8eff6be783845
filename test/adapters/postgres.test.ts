import { Readable } from 'node:stream';
import { openDatabase } from '../../src/adapters/postgres';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { until } from '../support/until';

describe('a database pool', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await database.owner.query('create table counted (id int8 primary key, n int8 not null)');
    await database.owner.query('insert into counted values (1, 0), (2, 0)');
  });
  afterAll(() => database.close());

  test('each connection is its role from the start', async () => {
    const roleOf = async (pool: TestDatabase['owner']) =>
      (await pool.query<{ r: string }>('select current_user as r'))[0]?.r;
    expect(await roleOf(database.owner)).toBe('campaign');
    expect(await roleOf(database.app)).toBe('campaign_app');
    expect(await roleOf(database.dispatcher)).toBe('campaign_dispatcher');
  });

  test('int8 comes as a number, numeric as text, and what fits no number is refused', async () => {
    const [row] = await database.owner.query('select 7::int8 as a, array[1, null]::int8[] as b, 0.10::numeric as c');
    expect(row).toEqual({ a: 7, b: [1, null], c: '0.10' });
    await expect(database.owner.query('select 9007199254740993::int8 as a')).rejects.toThrow('9007199254740993');
  });

  test('a transaction that fails leaves nothing', async () => {
    const failing = database.owner.transaction(async (tx) => {
      await tx.query('insert into counted values (3, 0)');
      throw new Error('thought better of it');
    });
    await expect(failing).rejects.toThrow('thought better of it');
    expect(await database.owner.query('select 1 from counted where id = 3')).toEqual([]);
  });

  test('two transactions that lock each other out both succeed, one at its second try', async () => {
    let attempts = 0;
    let arrived = 0;
    let open: () => void = () => undefined;
    const bothHoldOne = new Promise<void>((resolve) => {
      open = resolve;
    });
    const raise = (first: number, second: number) =>
      database.owner.transaction(async (tx) => {
        attempts += 1;
        await tx.query('update counted set n = n + 1 where id = $1', [first]);
        arrived += 1;
        if (arrived === 2) open();
        await bothHoldOne;
        await tx.query('update counted set n = n + 1 where id = $1', [second]);
      });
    await Promise.all([raise(1, 2), raise(2, 1)]);
    expect(await database.owner.query('select n from counted order by id')).toEqual([{ n: 2 }, { n: 2 }]);
    expect(attempts).toBe(3);
  });

  test('rows are streamed in by COPY', async () => {
    await database.owner.copyIn('copy counted from stdin', Readable.from(['10\t1\n', '11\t1\n']));
    expect(await database.owner.query('select id from counted where id >= 10 order by id')).toEqual([
      { id: 10 },
      { id: 11 },
    ]);
  });

  test('a connection that is killed in a transaction fails that work and not the next', async () => {
    const killed = database.owner.transaction((tx) => tx.query('select pg_terminate_backend(pg_backend_pid())'));
    await expect(killed).rejects.toThrow();
    expect(await database.owner.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('an idle connection that breaks is told of once, and without the client that it was', async () => {
    const heard: Error[] = [];
    const onConnectionError = (error: Error) => void heard.push(error);
    const pool = openDatabase({ url: database.url, poolSize: 1, applicationName: 'test idle', onConnectionError });
    const [idle] = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
    await database.owner.query('select pg_terminate_backend($1)', [idle?.pid]);
    await until('the end of the connection', () => heard.length > 0);
    expect(await pool.query('select 1 as one')).toEqual([{ one: 1 }]);
    await pool.close();
    expect(heard.map(({ message }) => message)).toEqual(['terminating connection due to administrator command']);
    expect(heard.flatMap((error) => Object.keys(error))).not.toContain('client');
  });
});
