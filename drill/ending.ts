import type { DrillCampaign } from './campaigns';
import { expectedEvents, isComplete, readRecorded } from './judge-bus';
import { readCounters, readEnd, readLedger } from './ledger-view';
import type { DrillOptions } from './options';
import { drillIds, type Stage } from './stage';
import { until } from './until';
import { witnessesIn } from './witnesses';

/** The recorder hears the last events a little later than PostgreSQL knows of them. */
const HEARING_MS = 60_000;

/** Completed, every receipt counted, every event heard; or the time is up, and the judge says what is missing. */
export async function awaitEnding(
  options: DrillOptions,
  stage: Stage,
  { execNo }: DrillCampaign,
  deadline: number,
): Promise<void> {
  await until(deadline, () => isSettled(options, stage, execNo), 500);
  const expected = expectedEvents(await readLedger(stage.database, drillIds, execNo));
  const patience = Math.min(deadline, Date.now() + HEARING_MS);
  await until(patience, () => isHeard(stage, execNo, expected), 1_000);
}

async function isSettled({ transport }: DrillOptions, { database }: Stage, execNo: number): Promise<true | undefined> {
  const { status, unpublished } = await readEnd(database, execNo);
  const { sent, delivered } = await readCounters(database, execNo);
  // A mail server without keys sends no receipts.
  const counted = transport === 'smtp' || delivered === sent;
  return status === 'completed' && unpublished === 0 && counted ? true : undefined;
}

async function isHeard(
  { database, dir }: Stage,
  execNo: number,
  expected: ReturnType<typeof expectedEvents>,
): Promise<true | undefined> {
  const heard = await readRecorded(witnessesIn(dir).bus);
  const { unpublished } = await readEnd(database, execNo);
  return isComplete(heard, expected) && unpublished === 0 ? true : undefined;
}
