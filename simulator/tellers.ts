import pino from 'pino';
import { type Bus, openBus } from '../src/adapters/nats';
import { type AckFloorReader, openAckFloorReader } from '../src/adapters/nats-ack-floor';
import { openDoneCount } from './done-count';
import { deliveredEvent, type Outcome, storedEvent } from './events';
import { KeptPublisher } from './kept-publisher';
import type { Receipt } from './provider';

/** The two voices of the world on the bus; each keeps what its consumer has not acknowledged. */
export interface Tellers {
  readonly receipts: KeptPublisher<Receipt>;
  readonly outcomes: KeptPublisher<Outcome>;
  stop(): Promise<void>;
}

export async function openTellers(natsUrl: string, directory: string): Promise<Tellers> {
  const log = pino({ level: 'warn' }, pino.destination(2));
  const bus = await openBus({ url: natsUrl, name: 'simulator', log });
  const floors = await openAckFloorReader(natsUrl);
  await bus.ensureStreams();
  const tellers = { receipts: receiptsOver(bus, floors, directory), outcomes: outcomesOver(bus, floors, directory) };
  return {
    ...tellers,
    async stop() {
      await Promise.all([tellers.receipts.stop(), tellers.outcomes.stop()]);
      await Promise.all([bus.close(), floors.close()]);
    },
  };
}

function receiptsOver(bus: Bus, floors: AckFloorReader, directory: string): KeptPublisher<Receipt> {
  const done = openDoneCount(directory, 'receipts.done');
  return new KeptPublisher({
    bus,
    floors,
    stream: 'NOTIFICATION',
    durable: 'campaign-notification',
    toMessage: deliveredEvent,
    acknowledgedBefore: done.atStart,
    onAcknowledged: done.write,
  });
}

function outcomesOver(bus: Bus, floors: AckFloorReader, directory: string): KeptPublisher<Outcome> {
  const done = openDoneCount(directory, 'outcomes.done');
  return new KeptPublisher({
    bus,
    floors,
    stream: 'EVENTS',
    durable: 'campaign-events',
    toMessage: storedEvent,
    acknowledgedBefore: done.atStart,
    onAcknowledged: done.write,
  });
}
