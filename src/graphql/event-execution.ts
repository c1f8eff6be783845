import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute, GraphQLError } from 'graphql';
import type { GraphContext } from './context';
import { clientError } from './errors';
import type { Seat } from './seats';

/** What one subscription needs at each of its events. */
export interface EventExecution {
  readonly args: ExecutionArgs;
  /** Made anew: a context that outlived its event would serve stale rows. */
  readonly freshContext: () => GraphContext;
  /** Subscriptions of the same key see the same, so an event is executed once for all of them. */
  readonly key: string;
  readonly onFault: (error: unknown, requestId: string) => void;
  /** Given back at the end. */
  readonly seat: Seat;
}

/** The answers of one subscription. */
export type ResultStream = AsyncIterableIterator<ExecutionResult>;

/** The `subscribe` of the graph: a source of events, each executed with a context of its own. */
export async function subscribeFreshly(execution: EventExecution): Promise<ResultStream | ExecutionResult> {
  const contextValue = execution.freshContext();
  const source = await sourceOf({ ...execution.args, contextValue });
  if (!(Symbol.asyncIterator in source)) return masked(source, execution, contextValue);
  return new EachExecuted(source[Symbol.asyncIterator](), execution);
}

/** Throws for nothing that the caller may send: thrown, it would close the socket of other subscriptions. */
async function sourceOf(args: ExecutionArgs): Promise<AsyncIterable<unknown> | ExecutionResult> {
  try {
    return await createSourceEventStream(args);
  } catch (error) {
    return {
      errors: [error instanceof GraphQLError ? error : new GraphQLError('', { originalError: asError(error) })],
    };
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** A class: there are thousands of these, and each would have closures of its own. */
class EachExecuted implements ResultStream {
  constructor(
    private readonly source: AsyncIterator<unknown>,
    private readonly execution: EventExecution,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<ExecutionResult>> {
    const event = await this.source.next();
    if (!event.done) return { done: false, value: await executeShared(event.value, this.execution) };
    this.execution.seat.release();
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<ExecutionResult>> {
    this.execution.seat.release();
    await this.source.return?.();
    return { done: true, value: undefined };
  }
}

// A live feed hands the very same object to all followers; its results die with it.
const results = new WeakMap<object, Map<string, Promise<ExecutionResult>>>();

function executeShared(event: unknown, execution: EventExecution): Promise<ExecutionResult> {
  if (typeof event !== 'object' || event === null) return executeEvent(event, execution);
  const ofEvent = results.get(event) ?? new Map<string, Promise<ExecutionResult>>();
  results.set(event, ofEvent);
  const result = ofEvent.get(execution.key) ?? executeEvent(event, execution);
  ofEvent.set(execution.key, result);
  return result;
}

async function executeEvent(rootValue: unknown, execution: EventExecution): Promise<ExecutionResult> {
  const contextValue = execution.freshContext();
  return masked(await execute({ ...execution.args, rootValue, contextValue }), execution, contextValue);
}

function masked(result: ExecutionResult, { onFault }: EventExecution, { requestId }: GraphContext): ExecutionResult {
  if (!result.errors) return result;
  for (const error of result.errors) onFault(error, requestId);
  return { ...result, errors: result.errors.map((error) => clientError(error, requestId)) };
}
