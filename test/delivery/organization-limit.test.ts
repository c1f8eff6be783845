import { RunningExecutions, throttlesOn } from '../../src/delivery/running-executions';
import { pacing } from '../../src/delivery/throttle';
import { type DeliveryWorld, guard, openChunks, openDeliveryWorld, startExecution } from './delivery-world';
import { mostInAMinute, type Send } from './sliding-minute';

let world: DeliveryWorld;
beforeEach(async () => {
  world = await openDeliveryWorld();
});
afterEach(() => world.close());

const sql = (statement: string, values: readonly unknown[]) => world.database.owner.query(statement, [...values]);

/** Two campaigns of one organization whose limit is `perHour`; the first has a limit of its own. */
async function startTwo(perHour: number, ownPerMinute?: number): Promise<number[]> {
  const wish = { organization: 'org-shared', chunkSize: 2_000 };
  const first = await startExecution(world, 2_000, { ...wish, ...(ownPerMinute && { perMinute: ownPerMinute }) });
  const second = await startExecution(world, 2_000, wish);
  const limits = { limits: { enabled: true, messagesPerHour: perHour, emailsPerHour: perHour } };
  await sql('update campaign.organization set settings = $2 where org_no = $1', [first.orgNo, limits]);
  return [first.execNo, second.execNo];
}

/** Each campaign asks whenever it has an open chunk, as senders that were hinted would; by turns first. */
async function sendFor(seconds: number, execNos: readonly number[]): Promise<Map<number, Send[]>> {
  const executions = new RunningExecutions(world.sender);
  const sends = new Map<number, Send[]>(execNos.map((execNo) => [execNo, []]));
  for (let tick = 0; tick < seconds * 4; tick += 1) {
    for (const execNo of tick % 2 === 0 ? execNos : execNos.toReversed()) {
      const [ref] = await openChunks(world, execNo);
      const execution = await executions.get(execNo);
      const throttles = execution ? throttlesOn(execution, 'email') : [];
      const slice = ref && (await guard(world, ref, { throttles, leaseMs: 1 }));
      if (slice) sends.get(execNo)?.push({ at: world.now.getTime(), n: slice.messages.length });
    }
    world.pass(250);
  }
  return sends;
}

const total = (sends: readonly Send[] = []): number => sends.reduce((sum, { n }) => sum + n, 0);

test("two campaigns at once stay within their organization's limit in every sliding minute, and share it", async () => {
  const [first = 0, second = 0] = await startTwo(36_000);
  const sends = await sendFor(75, [first, second]);
  const all = [...(sends.get(first) ?? []), ...(sends.get(second) ?? [])];
  expect(mostInAMinute(all)).toBeLessThanOrEqual(600);
  expect(total(all)).toBeGreaterThan(600 * 1.25 * 0.95);
  for (const execNo of [first, second]) expect(total(sends.get(execNo))).toBeGreaterThan(600 * 1.25 * 0.3);
}, 60_000);

test("a campaign's own limit cuts its slices short, and leaves what it does not take to the other campaign", async () => {
  const [slow = 0, other = 0] = await startTwo(36_000, 200);
  const sends = await sendFor(75, [slow, other]);
  expect(mostInAMinute(sends.get(slow) ?? [])).toBeLessThanOrEqual(200);
  const all = [...(sends.get(slow) ?? []), ...(sends.get(other) ?? [])];
  expect(mostInAMinute(all)).toBeLessThanOrEqual(600);
  expect(total(all)).toBeGreaterThan(600 * 1.25 * 0.9);
}, 60_000);

test('what one limit grants is given back when another does not', async () => {
  const { execNo, orgNo, campaignNo } = await startExecution(world, 100);
  const own = { scope: `campaign:${campaignNo}`, perMinute: 500 };
  const shared = { scope: `organization:${orgNo}`, perMinute: 500 };
  const [ref] = await openChunks(world, execNo);
  const spokenFor = new Date(world.now.getTime() + 1_000);
  await sql('insert into campaign.limiter (scope, org_no, free_at) values ($1, $2, $3)', [
    shared.scope,
    orgNo,
    spokenFor,
  ]);
  expect(ref && (await guard(world, ref, { throttles: [own, shared] }))).toBeUndefined();
  expect(await sql('select scope from campaign.limiter', [])).toEqual([{ scope: shared.scope }]);
  world.pass(1_000);
  expect(ref && (await guard(world, ref, { throttles: [own, shared] }))?.messages).toHaveLength(pacing(500).size);
});

test('a chunk that is not to be had uses up no limit', async () => {
  const { execNo, orgNo } = await startExecution(world, 10);
  const [ref] = await openChunks(world, execNo);
  await sql("update campaign.execution set status = 'paused' where exec_no = $1", [execNo]);
  const throttles = [{ scope: `organization:${orgNo}`, perMinute: 500 }];
  expect(ref && (await guard(world, ref, { throttles }))).toBeUndefined();
  expect(await sql('select scope from campaign.limiter', [])).toEqual([]);
});
