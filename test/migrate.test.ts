import { migrations } from '../migrations';
import { migrate } from '../src/migrate';
import { createTestDatabase } from './support/database';

test('migrations are safe to run again, and by two processes at once', async () => {
  const database = await createTestDatabase();
  await database.owner.query('drop schema campaign cascade');
  await database.owner.query('drop schema if exists staging cascade');
  await database.owner.query('delete from mikro_orm_migrations');
  const applied = await Promise.all([migrate(database.url), migrate(database.url)]);
  expect(applied.flat()).toEqual(migrations.map(({ name }) => name));
  expect(await migrate(database.url)).toEqual([]);
  await database.close();
});
