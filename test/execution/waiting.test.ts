import { settle } from '../../src/delivery/settle';
import { expandStep } from '../../src/dispatch/expand';
import { openWorkOf, waitingFor } from '../../src/execution/waiting';
import { createScope } from '../../src/scope';
import { email } from '../campaign/campaign-world';
import { guard, openChunks } from '../delivery/delivery-world';
import { openRolloutWorld, type RolloutWorld, type Run } from '../experiment/rollout-world';

let world: RolloutWorld;
beforeAll(async () => {
  world = await openRolloutWorld(200);
});
afterAll(() => world.close());

const everybody = [{ name: 'A', allocation: 100, channels: [email('A')] }];
const MINUTE = 60_000;

async function waits({ execNo }: Run) {
  const scope = createScope(world.parts, world.scope.viewer);
  const work = await scope
    .read((tx) => openWorkOf.read(tx, [execNo], scope))
    .then((found) => found.get(String(execNo)));
  const { reason, until } = (work && waitingFor(work, world.now)) ?? {};
  return { reason, inMinutes: until && Math.round((until.getTime() - world.now.getTime()) / MINUTE) };
}

describe('what an execution waits for', () => {
  test('is the end of quiet hours where people rest', async () => {
    const { execNo, ...run } = await world.start({}, everybody);
    await world.database.dispatcher.query(
      `update campaign.chunk set due_at = $2::timestamptz + interval '9 hours' where exec_no = $1`,
      [execNo, world.now],
    );
    expect(await waits({ execNo, ...run })).toEqual({ reason: 'QUIET_HOURS', inMinutes: 540 });
  });

  test('is nothing while the audience is still coming together: who is next is not known', async () => {
    const { execNo, ...run } = await world.start({}, everybody, {}, { expanded: false });
    const { dispatcher } = world.database;
    const { closed } = await expandStep(dispatcher, { execNo, now: world.now, batch: 50, chunkSize: 50 });
    expect(closed).toBe(false);
    const rest = `update campaign.chunk set due_at = $2::timestamptz + interval '9 hours' where exec_no = $1`;
    await dispatcher.query(rest, [execNo, world.now]);
    expect(await waits({ execNo, ...run })).toEqual({});
    await world.expand(execNo);
    await dispatcher.query(rest, [execNo, world.now]);
    expect(await waits({ execNo, ...run })).toEqual({ reason: 'QUIET_HOURS', inMinutes: 540 });
  });

  test('is the end of a test where nobody else is left', async () => {
    const run = await world.start({
      mode: 'TEST_THEN_ROLLOUT',
      testSampleHundredths: 5_000,
      testMinutes: 60,
      metric: 'OPEN',
    });
    await world.deliver(run);
    expect(await waits(run)).toEqual({ reason: 'EXPERIMENT', inMinutes: 60 });
  });

  test('is the next attempt where a transport refused for now', async () => {
    const run = await world.start({}, everybody);
    await world.deliver(run, 'refused');
    expect(await waits(run)).toEqual({ reason: 'RETRY', inMinutes: 10 });
  });

  test('is the transport where it owes answers', async () => {
    const run = await world.start({}, everybody);
    for (const ref of await openChunks(world, run.execNo)) {
      const slice = await guard(world, ref);
      const unanswered = slice?.messages.map(({ seq }) => seq) ?? [];
      const rest = { leaseMs: 0, putOff: [], retryAfterMs: 0, askAgainAfterMs: 2 * MINUTE, events: [] };
      const options = { now: world.now, advance: slice?.width ?? 0, unanswered, ...rest };
      await settle(world.sender, { ...ref, fence: slice?.fence ?? 0 }, [], options);
    }
    expect(await waits(run)).toEqual({ reason: 'PROVIDER', inMinutes: 2 });
  });
});
