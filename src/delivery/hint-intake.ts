import type { BaseLogger } from 'pino';
import type { Bus, Consumption } from '../adapters/nats';
import type { ChannelKind } from '../shared/ledger-codes';
import { workChunk } from './chunk-work';
import type { ChunkRef } from './guard';
import { Lane } from './lane';
import { Pace } from './pace';
import { RunningExecutions } from './running-executions';
import type { SenderParts } from './sender-parts';

/** What taking hints needs beside the parts of the sender. */
export interface IntakeOptions {
  readonly parts: SenderParts;
  readonly bus: Bus;
  readonly log: BaseLogger;
  /** Whose hints are taken. */
  readonly channel: ChannelKind;
  /** Chunks worked on at a time, when they are full; of smaller ones up to four times as many. */
  readonly chunksAtOnce: number;
  /** Messages in a full chunk. */
  readonly chunkSize: number;
  /** Rows of a slice at most. */
  readonly sliceRows: number;
  /** Called after a chunk was worked on, with its campaign. */
  worked(campaignId: string): void;
}

/** Chunks that a sender works on for each full one that it may: each takes a connection now and then. */
const MOST_FOR_ONE = 4;

/** Takes hints from the work queue and works the chunks they name. `stop` waits for what is under way. */
export async function startHintIntake(options: IntakeOptions): Promise<Consumption> {
  const { bus, channel, chunksAtOnce, chunkSize } = options;
  const lane = new Lane(chunksAtOnce * chunkSize);
  const lightest = Math.ceil(chunkSize / MOST_FOR_ONE);
  const atWork = new Set<Promise<void>>();
  const executions = new RunningExecutions(options.parts.database);
  const pace = new Pace(options.sliceRows);

  const take = (hint: Hint) =>
    lane.admit(
      () => {
        const work = workHint(options, executions, pace, hint);
        atWork.add(work);
        return work.finally(() => atWork.delete(work));
      },
      Math.max(lightest, hint.messages),
    );
  const consumption = await bus.consume(
    {
      stream: 'WORK',
      durable: `senders-${channel}`,
      filter: `work.send.${channel}`,
      batch: 1,
      expiresMs: 0,
      acknowledge: 'taken',
      prefetch: false,
    },
    async (messages) => {
      for (const message of messages) {
        const hint = parseHint(message.text(), channel);
        if (hint) await take(hint);
      }
    },
  );
  return {
    stop: async () => {
      await consumption.stop();
      await Promise.all(atWork);
    },
  };
}

// A failure loses nothing: the lease lapses and the chunk is hinted again. The database being away is the usual one.
async function workHint(
  { parts, log, worked }: IntakeOptions,
  executions: RunningExecutions,
  pace: Pace,
  { ref }: Hint,
): Promise<void> {
  try {
    const execution = await executions.get(ref.execNo);
    if (!execution) return;
    await workChunk(parts, pace, execution, ref);
    worked(execution.plan.campaignId);
  } catch (error) {
    log.warn({ err: error }, 'chunk left to its lease');
  }
}

interface Hint {
  readonly ref: ChunkRef;
  /** Messages that the chunk held when it was hinted. */
  readonly messages: number;
}

function parseHint(text: string, channel: ChannelKind): Hint | undefined {
  const hint: unknown = JSON.parse(text);
  if (typeof hint !== 'object' || hint === null || !('e' in hint && 'c' in hint && 'f' in hint && 'n' in hint))
    return undefined;
  const ref = { execNo: Number(hint.e), chunkNo: Number(hint.c), fence: Number(hint.f), channel };
  return { ref, messages: Number(hint.n) };
}
