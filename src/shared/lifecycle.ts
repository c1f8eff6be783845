/** Something that was started and can be stopped. */
export interface Running {
  stop(): Promise<void>;
}

/** Collects what was started and stops it in reverse, each even when another fails. */
export class Stack implements Running {
  private readonly running: Running[] = [];

  /** Remembers how to undo a step that has just been done. */
  add(stop: () => Promise<unknown> | unknown): void {
    this.running.push({
      stop: async () => {
        await stop();
      },
    });
  }

  async stop(): Promise<void> {
    const failures: unknown[] = [];
    for (let next = this.running.pop(); next; next = this.running.pop())
      await next.stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'not everything stopped');
  }
}

/** Runs the steps; when one fails, what was started before it is stopped again. */
export async function startAll(steps: (stack: Stack) => Promise<void>): Promise<Running> {
  const stack = new Stack();
  try {
    await steps(stack);
    return stack;
  } catch (error) {
    await stack.stop().catch(() => undefined);
    throw error;
  }
}

/** Settles with the work, or throws when it takes longer. */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
