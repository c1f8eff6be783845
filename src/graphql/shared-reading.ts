import type { Transaction } from '../adapters/postgres';
import type { Scope } from '../scope';

type Read = Scope['read'];

interface Reading {
  run(transaction: Transaction): Promise<void>;
  done(): void;
  failed(error: unknown): void;
  again(): void;
}

/**
 * Readings that are asked for in the same tick, one after another in one transaction: opening and ending it costs more
 * than most of them. A failure would end it for all, so then each is read again by itself and fails alone.
 */
export function createSharedReading(read: Read): Read {
  let waiting: Reading[] = [];
  const begin = async () => {
    const readings = waiting;
    waiting = [];
    try {
      await read(async (transaction) => {
        for (const reading of readings) await reading.run(transaction);
      });
      for (const reading of readings) reading.done();
    } catch (error) {
      for (const reading of readings) readings.length === 1 ? reading.failed(error) : reading.again();
    }
  };
  return (work) =>
    new Promise((resolve, reject) => {
      // Loaders give their batches out in this phase as well: all of one tick come before `begin`.
      if (waiting.length === 0) process.nextTick(begin);
      waiting.push(readingOf(read, work, resolve, reject));
    });
}

function readingOf<Result>(
  read: Read,
  work: (transaction: Transaction) => Promise<Result>,
  resolve: (result: Result | PromiseLike<Result>) => void,
  reject: (error: unknown) => void,
): Reading {
  let result: Promise<Result>;
  return {
    run: async (transaction) => {
      result = work(transaction);
      await result;
    },
    done: () => resolve(result),
    failed: reject,
    again: () => void read(work).then(resolve, reject),
  };
}
