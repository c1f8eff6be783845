import { pino } from 'pino';
import { readConfig } from '../../src/config';
import { isRenderedEmail, jsonOf } from '../../src/content/rendered-content';
import { workChunk } from '../../src/delivery/chunk-work';
import { Pace } from '../../src/delivery/pace';
import { RunningExecutions } from '../../src/delivery/running-executions';
import { openSliceRenderer } from '../../src/delivery/slice-rendering';
import { complete, findFinished } from '../../src/dispatch/sweep';
import { applyDirectoryEvent, parseDirectoryEvent } from '../../src/events/directory-events';
import { ExecutionFactsCache } from '../../src/events/execution-facts';
import { createIngestParts } from '../../src/events/ingest-parts';
import { ingestReceipts } from '../../src/events/ingest-receipts';
import { createNudges } from '../../src/events/nudges';
import type { TokenRequest } from '../../src/identity/token';
import { systemClock } from '../../src/shared/clock';
import { channelName } from '../../src/shared/ledger-codes';
import { encodeMessageId } from '../../src/shared/message-id';
import { TouchRecorder } from '../../src/tracking/touch-recorder';
import { unsubscribe } from '../../src/tracking/unsubscribe';
import type { OutgoingMessage } from '../../src/transports/transport';
import { testSender } from '../delivery/test-sender';
import { type Answer, type GraphWorld, idKeys, openGraphWorld } from '../graphql/graph-world';
import { until } from '../support/until';

/** A mail that the provider took. */
export interface TakenMail {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly seq: number;
}

/** The graph, a sender with a real renderer, and the ingest of receipts, over one database. */
export interface TestSendWorld {
  readonly graph: GraphWorld;
  ask(query: string, variables?: object, as?: Partial<TokenRequest>): Promise<Answer>;
  /** Hands over what is due of an execution and ends what has ended; what the provider took, by address and subject. */
  deliver(execNo: number): Promise<readonly TakenMail[]>;
  /** A receipt of a provider, or a touch of a person. */
  hear(kind: string, execNo: number, seq: number): Promise<void>;
  /** A person uses the link of a mail. */
  unsubscribe(execNo: number, seq: number): Promise<void>;
  /** The users service says that a person is gone. */
  erase(userId: string): Promise<void>;
  close(): Promise<void>;
}

const log = pino({ level: process.env.TEST_LOG ?? 'silent' });
const kinds = ['sent', 'failed', 'delivered', 'opened', 'clicked', 'bounced', 'unsubscribed'];

export async function openTestSendWorld(organizationId: string): Promise<TestSendWorld> {
  const graph = await openGraphWorld();
  const config = readConfig({ DATABASE_URL: 'postgres://x', NATS_URL: 'nats://x', RENDER_THREADS: '1' });
  const renderer = openSliceRenderer(graph.ledger, config, log);
  const nudges = createNudges(graph.bus);
  const ingest = createIngestParts({
    sessionMinutes: 30,
    ...{ database: graph.ledger, bus: graph.bus, log, clock: systemClock, ids: idKeys, nudges },
    context: {
      ...{ clock: systemClock, log, executions: new ExecutionFactsCache(), maxAttempts: 3, softBounceBackoffMs: [0] },
      publishes: (kind) => kinds.some((one) => kind === `campaign.message.${one}`),
    },
  });
  const hear = (kind: string, execNo: number, seq: number) => {
    const data = { messageId: encodeMessageId(idKeys, execNo, seq), at: new Date().toISOString() };
    const text = JSON.stringify({ id: `${kind}:${execNo}:${seq}`, source: 'test', organizationId, data });
    const rest = { data: new Uint8Array(), streamSeq: 1, deliveries: 1 };
    return ingestReceipts(ingest, [{ ...rest, subject: `notification.${kind}`, text: () => text }]);
  };
  return {
    graph,
    hear,
    ask: async (query, variables, as) =>
      graph.post(await graph.token(organizationId, { role: 'admin', ...as }), query, variables),
    unsubscribe: async (execNo, seq) => {
      const messageId = encodeMessageId(idKeys, execNo, seq);
      const recorder = new TouchRecorder({ bus: graph.bus, log });
      await unsubscribe(
        { database: graph.ledger, clock: systemClock },
        recorder,
        { execNo, seq, messageId, link: 0 },
        '',
      );
      await recorder.drain();
    },
    erase: async (userId) => {
      const event = JSON.stringify({ id: userId, source: 'users', organizationId, data: { userId } });
      const sql = 'select org_no from campaign.organization where id = $1';
      const [row] = await graph.ledger.query<{ org_no: number }>(sql, [organizationId]);
      await graph.ledger.transaction((tx) =>
        applyDirectoryEvent(tx, row?.org_no ?? 0, parseDirectoryEvent('user.deleted', event), new Date()),
      );
    },
    deliver: (execNo) => deliver(graph, renderer, execNo),
    close: async () => {
      nudges.stop();
      await renderer.close();
      await graph.close();
    },
  };
}

async function deliver(
  { ledger }: GraphWorld,
  renderer: ReturnType<typeof openSliceRenderer>,
  execNo: number,
): Promise<readonly TakenMail[]> {
  const execution = await new RunningExecutions(ledger).get(execNo);
  if (!execution) throw new Error('no execution');
  const taken: TakenMail[] = [];
  const handOver = async (messages: readonly OutgoingMessage[]) => {
    for (const { to, messageId, content } of messages) {
      const [subject, html] = isRenderedEmail(content)
        ? [content.subject, content.html]
        : ['', Buffer.from(jsonOf(content)).toString()];
      taken.push({ to, subject, html, seq: Number(messageId.split(':')[1]) });
    }
    return messages.map(({ key }) => ({ outcome: 'accepted' as const, key }));
  };
  const sender = {
    ...testSender(ledger, handOver),
    renderer,
    messageEvents: kinds.map((one) => `campaign.message.${one}`),
  };
  // A slice that grew old before it was rendered comes again in another chunk.
  await until('the end of the test', async () => {
    const open = await ledger.query<OpenChunk>(OPEN, [execNo]);
    for (const { chunk_no: chunkNo, fence, channel } of open)
      await workChunk(sender, new Pace(100), execution, { execNo, chunkNo, fence, channel: channelName.get(channel) });
    return open.length === 0;
  });
  await complete(ledger, await findFinished(ledger));
  return taken.toSorted((a, b) => a.to.localeCompare(b.to) || a.subject.localeCompare(b.subject));
}

interface OpenChunk {
  readonly chunk_no: number;
  readonly fence: number;
  readonly channel: number;
}

const OPEN = `select k.chunk_no, k.fence, k.channel from campaign.chunk k join campaign.execution e using (exec_no)
where exec_no = $1 and state = 0 and e.status = 'running'`;
