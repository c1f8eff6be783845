import { readWorldLog } from '../simulator/world-log';
import { findDifferences } from '../src/operations/check-invariants';
import { judgeShown, readShown } from './judge-api';
import { expectedEvents, judgeBus, readRecorded } from './judge-bus';
import { judgeMail } from './judge-mail';
import { judgeProvider } from './judge-provider';
import { Judgement } from './judgement';
import type { DrillResult, Run } from './kill-drill';
import { type CounterSums, type LedgerRow, readCounters, readEnd, readLedger } from './ledger-view';
import { readMailLog } from './mail-log';
import type { DrillOptions } from './options';
import { unreachableOf } from './people';
import { drillIds, type Stage } from './stage';
import type { Witnesses } from './witnesses';

interface Case extends Run {
  readonly options: DrillOptions;
  readonly stage: Stage;
  readonly witnesses: Witnesses;
}

/** Everything that must be so after a drill; `ok` when there is no difference. */
export async function judgeRun({
  options,
  stage,
  witnesses,
  campaign,
  storm,
  unexpectedExits,
}: Case): Promise<DrillResult> {
  const { database } = stage;
  const judgement = new Judgement();
  const ledger = await readLedger(database, drillIds, campaign.execNo);
  const counters = await readCounters(database, campaign.execNo);
  const { status, unpublished } = await readEnd(database, campaign.execNo);
  judgement.equal('execution', status, 'completed');
  judgement.equal('outbox rows unpublished', unpublished, 0);
  judgement.equal('processes that ended by themselves', unexpectedExits, 0);
  for (const difference of await findDifferences(database, campaign.execNo)) judgement.add('ledger', difference);
  judgeStorm(options, storm, judgement);
  const ended = judgeLedger(options, ledger, counters, judgement);
  const outside =
    options.transport === 'smtp'
      ? await judgeSilence(await judgeMail(readMailLog(witnesses.mail), ledger, judgement), storm, judgement)
      : await judgeProvider(readWorldLog(witnesses.provider), ledger, judgement);
  judgeBus(await readRecorded(witnesses.bus), expectedEvents(ledger), judgement);
  const shown = await readShown(stage, campaign);
  judgeShown(shown, ledger, judgement);
  const { differences } = judgement;
  const { recipients, seed, transport } = options;
  const met = { ...storm.done, foundInFlight: storm.inFlight.filter((n) => n > 0).length, inFlight: storm.inFlight };
  return {
    ...{ drill: 'kill', ok: differences.length === 0, seed, transport, recipients, ...ended, ...outside },
    ...{
      strikes: met,
      shown: { unknown: shown.unknown, listed: shown.listed.length },
      slowestRecoverySeconds: Math.round(storm.slowestRecovery * 10) / 10,
      unexpectedExits,
      differences,
    },
  };
}

/** All strikes fell, and at least four in five met rows in flight: else they had shown nothing. */
function judgeStorm(options: DrillOptions, { done, inFlight }: Case['storm'], judgement: Judgement): void {
  judgement.equal('kills', done.kill, options.kills);
  judgement.equal('kills of PostgreSQL', done.postgres, options.postgres);
  judgement.equal('wipes', done.wipe, options.wipe);
  const found = inFlight.filter((n) => n > 0).length;
  if (found < 0.8 * inFlight.length) judgement.add('strikes that met rows in flight', `${found} of ${inFlight.length}`);
}

/** Whoever may be written to has been, and nobody else; nothing is open; counters are the rows. */
function judgeLedger(
  { recipients, transport }: DrillOptions,
  ledger: readonly LedgerRow[],
  counters: CounterSums,
  judgement: Judgement,
) {
  const count = (disposition: string) => ledger.filter((row) => row.disposition === disposition).length;
  const [sent, unknown, skipped] = [count('sent'), count('unknown'), count('skipped')];
  const stillOpen = count('queued') + count('in_flight');
  const delivered = ledger.filter((row) => row.delivered).length;
  judgement.equal('audience', ledger.length, recipients + 2 * unreachableOf(recipients));
  judgement.equal('sent and unknown', sent + unknown, recipients);
  judgement.equal('skipped', skipped, 2 * unreachableOf(recipients));
  judgement.equal('still open', stillOpen, 0);
  judgement.equal('sent in the counters', counters.sent, sent);
  judgement.equal('delivered in the counters', counters.delivered, delivered);
  judgement.equal('open in the counters', counters.queued + counters.inFlight, 0);
  if (transport === 'http') {
    judgement.equal('unknown', unknown, 0);
    judgement.equal('delivered', delivered, sent);
  }
  return { sent, delivered, unknown, skipped, stillOpen };
}

/** What one sender has in its hands at most: chunks at work, each with a slice of the transport's connections. */
const ROWS_IN_HAND = 4 * 8;

/** Nobody is called unknown without a reason: an answer was lost, or a sender was killed with the row in its hands. */
function judgeSilence(figures: Awaited<ReturnType<typeof judgeMail>>, { done }: Case['storm'], judgement: Judgement) {
  const most = figures.answersLost + (done.kill + done.postgres) * 2 * ROWS_IN_HAND;
  if (figures.unknown > most) judgement.add('unknown without a reason', `${figures.unknown}, at most ${most}`);
  return figures;
}
