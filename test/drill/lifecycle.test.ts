import { playLifecycles, printMatrix } from '../../drill/lifecycle/lifecycle-drill';
import { openWorld, type World } from '../campaign/campaign-world';

/** A twentieth of `npm run drill -- lifecycle --sequences 500`; `LIFECYCLE_SEED` plays one again. */
const seed = Number(process.env.LIFECYCLE_SEED ?? Date.now() % 2 ** 31);
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('25 random lives of campaigns go as a model of the specification says, with every command in every status', async () => {
  const { parts, ledger } = world;
  const result = await playLifecycles({ parts, ledger }, { sequences: 25, seed, shrinks: false }).catch(
    (error: unknown) => {
      throw new Error(`LIFECYCLE_SEED=${seed}`, { cause: error });
    },
  );
  process.stdout.write(`lifecycle, seed ${seed}:\n${printMatrix(result.matrix)}\n`);
  expect(result.missed).toEqual([]);
}, 120_000);
