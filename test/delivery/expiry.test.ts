import { RunningExecutions, throttlesOn } from '../../src/delivery/running-executions';
import { type DeliveryWorld, guard, openChunks, openDeliveryWorld, startExecution } from './delivery-world';

let world: DeliveryWorld;
beforeEach(async () => {
  world = await openDeliveryWorld();
});
afterEach(() => world.close());

const HOUR_MS = 3_600_000;

/** Takes a chunk as a sender would, and tells how many may go. */
async function take(execNo: number, turn: number) {
  const execution = await new RunningExecutions(world.sender).get(execNo);
  const ref = (await openChunks(world, execNo))[turn];
  const slice =
    ref && (await guard(world, ref, { throttles: execution ? throttlesOn(execution, 'email') : [], leaseMs: 1 }));
  return slice?.messages.length;
}

test('a limit that holds a message back for days costs nobody a message', async () => {
  const { execNo } = await startExecution(world, 3, { perMinute: 1 / 2_400, chunkSize: 1 });
  for (let turn = 0; turn < 3; turn += 1) {
    expect(await take(execNo, turn)).toBe(1);
    world.pass(41 * HOUR_MS);
  }
});

test('what no limit held back expires all the same', async () => {
  const { execNo } = await startExecution(world, 2, { perMinute: 1, chunkSize: 1 });
  expect(await take(execNo, 0)).toBe(1);
  world.pass(73 * HOUR_MS);
  expect(await take(execNo, 1)).toBe(0);
});
