import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { OutcomeRow } from '../simulator/outcomes';
import type { HillstromOutcome } from './hillstrom';

export const VISIT = 'site.visit';
export const ORDER = 'order.completed';

/** Writes what people did as the simulator reads it, one event a line. Only the simulator gets to know this file. */
export async function writeOutcomes(path: string, outcomes: AsyncIterable<HillstromOutcome>): Promise<void> {
  await pipeline(Readable.from(lines(outcomes)), createWriteStream(path));
}

async function* lines(outcomes: AsyncIterable<HillstromOutcome>): AsyncGenerator<string> {
  for await (const outcome of outcomes) {
    for (const row of events(outcome)) yield `${JSON.stringify(row)}\n`;
  }
}

function* events({ externalId: userId, visit, conversion, spend }: HillstromOutcome): Generator<OutcomeRow> {
  if (visit) yield { userId, eventType: VISIT };
  if (conversion) yield { userId, eventType: ORDER, value: spend };
}
