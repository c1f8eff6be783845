import type { BaseLogger } from 'pino';
import type { Bus, BusMessage, Consumption } from '../adapters/nats';
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
  /** Chunks worked on at a time. */
  readonly chunksAtOnce: number;
  /** Rows of a slice at most. */
  readonly sliceRows: number;
  /** Called after a chunk was worked on, with its campaign. */
  worked(campaignId: string): void;
}

/** Takes hints from the work queue and works the chunks they name. `stop` waits for what is under way. */
export async function startHintIntake(options: IntakeOptions): Promise<Consumption> {
  const { bus, chunksAtOnce } = options;
  const lane = new Lane(chunksAtOnce);
  const atWork = new Set<Promise<void>>();
  const executions = new RunningExecutions(options.parts.database);
  const pace = new Pace(options.sliceRows);

  const take = (message: BusMessage) =>
    lane.admit(() => {
      const work = workHint(options, executions, pace, message);
      atWork.add(work);
      return work.finally(() => atWork.delete(work));
    });
  const consumption = await bus.consume(
    {
      stream: 'WORK',
      durable: 'senders-email',
      filter: 'work.send.email',
      batch: 1,
      expiresMs: 0,
      acknowledge: 'taken',
      prefetch: false,
    },
    async (messages) => {
      for (const message of messages) await take(message);
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
  message: BusMessage,
): Promise<void> {
  try {
    const ref = parseHint(message.text());
    const execution = ref && (await executions.get(ref.execNo));
    if (!ref || !execution) return;
    await workChunk(parts, pace, execution, ref);
    worked(execution.plan.campaignId);
  } catch (error) {
    log.warn({ err: error }, 'chunk left to its lease');
  }
}

function parseHint(text: string): ChunkRef | undefined {
  const hint: unknown = JSON.parse(text);
  if (typeof hint !== 'object' || hint === null || !('e' in hint && 'c' in hint && 'f' in hint)) return undefined;
  return { execNo: Number(hint.e), chunkNo: Number(hint.c), fence: Number(hint.f) };
}
