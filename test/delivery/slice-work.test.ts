import { Lane } from '../../src/delivery/lane';
import { RunningExecutions } from '../../src/delivery/running-executions';
import type { SenderParts } from '../../src/delivery/sender-parts';
import { SliceWork } from '../../src/delivery/slice-work';
import type { Answer, OutgoingMessage } from '../../src/transports/transport';
import { until } from '../support/until';
import { type DeliveryWorld, guard, openChunks, openDeliveryWorld, startExecution } from './delivery-world';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await openDeliveryWorld();
});
afterAll(() => world.close());

const mail = { subject: 's', html: 'h', text: 't' };

/** A sender whose provider is `handOver`, one message a request. */
const sender = (handOver: (messages: readonly OutgoingMessage[]) => Promise<Answer[]>): SenderParts => ({
  database: world.sender,
  transport: { name: 'test', takesKeys: true, batch: 1, concurrency: 3, handOver, close: async () => {} },
  renderer: { render: async (_, messages) => messages.map(() => mail) },
  lane: new Lane(3),
  clock: () => world.now,
  leaseMs: 5_000,
  keyWindowMs: 86_400_000,
  retryBackoffMs: 1_000,
  answerRules: { takesKeys: true, maxAttempts: 3 },
  messageEvents: [],
  messageId: (execNo, seq) => `${execNo}:${seq}`,
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
