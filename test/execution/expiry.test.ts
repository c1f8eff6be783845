import { pauseCampaign, resumeCampaign } from '../../src/campaign/change-status';
import { retryFailed } from '../../src/execution/retry-failed';
import { guard, openChunks } from '../delivery/delivery-world';
import { deliver, openRetryWorld, type RetryWorld } from './retry-world';

let world: RetryWorld;
beforeAll(async () => {
  world = await openRetryWorld();
});
afterAll(() => world.close());

const sql = (statement: string, values: readonly unknown[]) => world.database.owner.query(statement, [...values]);
const isDueSince = (execNo: number, hours: number) =>
  sql(
    `update campaign.chunk set due_at = now() - make_interval(hours => $2),
       expires_at = now() - make_interval(hours => $2) + interval '72 hours' where exec_no = $1`,
    [execNo, hours],
  );

test('a pause that lasts longer than a message may wait costs nobody a message', async () => {
  const { execNo, scope } = await world.start(10);
  const [ref] = await openChunks(world, execNo);
  if (!ref) throw new Error('no chunk');
  const [campaign] = await sql(
    'select c.id from campaign.campaign c join campaign.execution using (campaign_no) where exec_no = $1',
    [execNo],
  );
  const target = { id: String(campaign?.id) };
  await pauseCampaign(scope, target);
  await isDueSince(execNo, 100);
  await resumeCampaign(scope, target);
  const slice = await guard(world, ref, { now: undefined });
  expect(slice?.messages).toHaveLength(10);
});

test('what has failed is due again at once, by the clock that judges it: a process that is ahead delays nothing', async () => {
  const { execNo, id, scope } = await world.start(2);
  await deliver(world, execNo, () => 'failed');
  world.pass(20 * 365 * 86_400_000);
  expect((await retryFailed(scope, id)).messages).toBe(2);
  expect(
    await sql('select due_at <= now() as due from campaign.chunk where exec_no = $1 and state = 0', [execNo]),
  ).toEqual([{ due: true }]);
});
