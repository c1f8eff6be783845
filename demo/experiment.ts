import { join } from 'node:path';
import {
  type HillstromContact,
  type HillstromOutcome,
  hillstromContacts,
  hillstromOutcomes,
  openHillstrom,
} from './hillstrom';
import type { DemoOptions } from './options';

// The file lies beside the tests; this program runs from dist/demo.
const FILE = join(__dirname, '../../test/data/hillstrom.csv.gz');

/** The customers that this run is about, without what came of them. */
export async function* customers({ people, seed }: DemoOptions): AsyncGenerator<HillstromContact> {
  let left = people;
  for await (const contact of hillstromContacts(openHillstrom(FILE), { seed })) {
    if (left-- === 0) return;
    yield contact;
  }
}

/** What these customers did. Ids have a fixed width, so their order as text is their order as numbers. */
export async function* outcomes({ people, seed, withhold }: DemoOptions): AsyncGenerator<HillstromOutcome> {
  const last = `customer-${String(people).padStart(5, '0')}`;
  for await (const outcome of hillstromOutcomes(openHillstrom(FILE), { seed, withhold })) {
    if (outcome.externalId <= last) yield outcome;
  }
}
