import { RunningExecutions } from '../../src/delivery/running-executions';
import type { SenderParts } from '../../src/delivery/sender-parts';
import { SliceWork } from '../../src/delivery/slice-work';
import { messagesSent } from '../../src/operations/figures';
import { until } from '../support/until';
import { type DeliveryWorld, guard, openChunks, openDeliveryWorld, startExecution } from './delivery-world';
import { testSender } from './test-sender';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await openDeliveryWorld();
});
afterAll(() => world.close());

const sender = (handOver: Parameters<typeof testSender>[1]): SenderParts => ({
  ...testSender(world.sender, handOver),
  clock: () => world.now,
});

const counts = async (execNo: number) => {
  const [row] = await world.database.dispatcher.query<{ sent: number; chunks: number }>(
    `select (select count(*) from campaign.message where exec_no = $1 and disposition = 2) as sent,
       (select count(*) from campaign.chunk where exec_no = $1) as chunks`,
    [execNo],
  );
  return row ?? { sent: 0, chunks: 0 };
};

async function startSlice(parts: SenderParts): Promise<{ execNo: number; running: Promise<unknown> }> {
  const { execNo } = await startExecution(world, 3);
  const [ref] = await openChunks(world, execNo);
  const slice = ref && (await guard(world, ref));
  const execution = await new RunningExecutions(world.sender).get(execNo);
  if (!ref || !slice || !execution) throw new Error('no slice');
  return { execNo, running: new SliceWork(parts, execution, ref, slice).run() };
}

test('a refused message is in no second chunk while its slice is still under way', async () => {
  let answerLast: () => void = () => {};
  const last = new Promise<void>((resolve) => {
    answerLast = resolve;
  });
  const { execNo, running } = await startSlice(
    sender(async (messages) => {
      const { key = '', messageId = '' } = messages[0] ?? {};
      if (messageId.endsWith(':1')) return [{ key, outcome: 'refused', reason: 'busy', permanent: false }];
      if (messageId.endsWith(':3')) await last;
      return [{ key, outcome: 'accepted' }];
    }),
  );
  await until('the settling', async () => (await counts(execNo)).sent === 1);
  expect(await counts(execNo)).toEqual({ sent: 1, chunks: 1 });
  answerLast();
  expect(await running).toBe('done');
  expect(await counts(execNo)).toEqual({ sent: 2, chunks: 2 });
});

test('what came of each message is counted for Prometheus', async () => {
  const counted = async (): Promise<Record<string, number>> => {
    const { values } = await messagesSent.get();
    return Object.fromEntries(values.map(({ labels, value }) => [String(labels.status), value]));
  };
  const before = await counted();
  const { running } = await startSlice(
    sender(async (messages) =>
      messages.map(({ key, messageId }) =>
        messageId.endsWith(':2') ? { key, outcome: 'unanswered', reason: 'silence' } : { key, outcome: 'accepted' },
      ),
    ),
  );
  await running;
  const after = await counted();
  expect([(after.accepted ?? 0) - (before.accepted ?? 0), (after.unanswered ?? 0) - (before.unanswered ?? 0)]).toEqual([
    2, 1,
  ]);
});

test('a transport that throws while the next mails are rendered ends its slice, and nothing else', async () => {
  const { running } = await startSlice(sender(() => Promise.reject(new Error('broken'))));
  await expect(running).rejects.toThrow('broken');
});
