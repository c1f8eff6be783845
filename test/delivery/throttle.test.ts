import { pacing } from '../../src/delivery/throttle';
import { type DeliveryWorld, guard, openChunks, openDeliveryWorld, startExecution } from './delivery-world';
import { mostInAMinute } from './sliding-minute';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await openDeliveryWorld();
});
afterAll(() => world.close());

test('four senders together keep a campaign below its limit in every sliding minute, and use it well', async () => {
  const perMinute = 600;
  const { execNo, campaignNo } = await startExecution(world, 1_500, { chunkSize: 300 });
  const throttles = [{ scope: `campaign:${campaignNo}`, perMinute }];
  const sends: { at: number; n: number }[] = [];
  const started = world.now.getTime();
  while (world.now.getTime() < started + 120_000) {
    const chunks = await openChunks(world, execNo);
    const slices = await Promise.all(chunks.slice(0, 4).map((ref) => guard(world, ref, { throttles, leaseMs: 1 })));
    const n = slices.reduce((sum, slice) => sum + (slice?.messages.length ?? 0), 0);
    if (n > 0) sends.push({ at: world.now.getTime(), n });
    world.pass(250);
  }
  expect(mostInAMinute(sends)).toBeLessThanOrEqual(perMinute);
  const perMinuteSent = sends.reduce((sum, { n }) => sum + n, 0) / 2;
  expect(perMinuteSent).toBeGreaterThan(perMinute * 0.95);
});

test('a grant is on record beside the fence that used it', async () => {
  const { execNo, campaignNo } = await startExecution(world, 100);
  const [ref] = await openChunks(world, execNo);
  const throttles = [{ scope: `campaign:${campaignNo}`, perMinute: 500 }];
  const slice = ref && (await guard(world, ref, { throttles }));
  expect(slice?.messages).toHaveLength(pacing(500).size);
  const grants = await world.database.dispatcher.query(
    'select scope, granted, cursor from campaign.throttle_grant where exec_no = $1',
    [execNo],
  );
  expect(grants).toEqual([{ scope: `campaign:${campaignNo}`, granted: pacing(500).size, cursor: 0 }]);
});

test('while the limit is spoken for nothing is taken, and no lease either', async () => {
  const { execNo, campaignNo } = await startExecution(world, 1_000, { chunkSize: 500 });
  const throttles = [{ scope: `campaign:${campaignNo}`, perMinute: 100 }];
  const [first, second] = await openChunks(world, execNo);
  expect(first && (await guard(world, first, { throttles }))).toBeDefined();
  expect(second && (await guard(world, second, { throttles }))).toBeUndefined();
  expect(await openChunks(world, execNo)).toEqual([second]);
});
