import type { Transaction } from '../adapters/postgres';
import { type CounterDelta, upsertReasonCounters } from '../metrics/counter-upsert';
import { VERDICT } from '../shared/ledger-codes';
import { suppressShadowAddresses } from '../suppression/shadow-addresses';
import { countAfter } from './count-after';
import type { IngestContext, LocatedReceipt } from './ingest-context';
import { readSiblings, watchPeople } from './people-of-messages';
import { numberArray } from './pg-array';
import { proveSent } from './proven-sent';
import { markFailed } from './receipt-failure';
import { lockExecutions, type Retry, sendAgain } from './soft-bounce';
import { applyTouch, mustWait, type TouchEffects, type TouchedMessage, touchCode } from './touch-rules';
import { lockTouchedMessages, writeFirsts } from './touched-rows';

interface AppliedTouch {
  readonly receipt: LocatedReceipt;
  readonly message: TouchedMessage;
  readonly effects: TouchEffects;
}

const keyOf = (place: { execNo: number; seq: number }): string => `${place.execNo}:${place.seq}`;
const touchKey = (receipt: LocatedReceipt): string => `${keyOf(receipt)}:${touchCode(receipt)}:${receipt.at}`;

/**
 * Writes down every receipt but deliveries: each touch once, first times on the row, suppressions, second attempts.
 * Gives back those that cannot be applied yet. Locks in the order of DESIGN §3: executions, messages, touches, the rest.
 */
export async function applyTouches(
  tx: Transaction,
  receipts: readonly LocatedReceipt[],
  context: IngestContext,
): Promise<LocatedReceipt[]> {
  const softBounces = receipts.filter((receipt) => receipt.kind === 'bounced' && !receipt.hard);
  const executions = await lockExecutions(tx, softBounces);
  const siblings = await readSiblings(tx, receipts, context);
  const messages = await lockTouchedMessages(tx, [...receipts, ...siblings]);
  const peopleChanged = watchPeople(siblings, messages);
  const [ready, waiting] = split(receipts, messages);
  const fresh = await insertTouches(tx, ready, messages);
  const applied = fresh.flatMap((receipt): AppliedTouch[] => {
    const message = messages.get(keyOf(receipt));
    // A message whose execution takes no more attempts keeps its row: the touch alone is written.
    const attempts = executions.get(receipt.execNo)?.takesAttempts ? context.maxAttempts : 0;
    return message ? [{ receipt, message, effects: applyTouch(receipt, message, attempts) }] : [];
  });
  await settle(tx, { applied, people: peopleChanged() }, context);
  return waiting;
}

interface Batch {
  readonly applied: readonly AppliedTouch[];
  /** How the counts of people change who have several messages. */
  readonly people: readonly CounterDelta[];
}

async function settle(tx: Transaction, { applied, people }: Batch, context: IngestContext): Promise<void> {
  const now = context.clock();
  const proven = await proveSent(tx, keysOf(applied, 'provesSent'), now);
  const failures = await markFailed(tx, keysOf(applied, 'fails'), now);
  await writeFirsts(
    tx,
    applied.map(({ message }) => message),
  );
  const retries = applied.filter(({ effects }) => effects.asksAgain).map(toRetry);
  const again = await sendAgain(tx, retries, context);
  await suppress(tx, applied, now);
  await writeOutbox(tx, applied, context);
  await countAfter(tx, [...touchDeltas(applied), ...people, ...proven.counters, ...failures.counters, ...again]);
  await upsertReasonCounters(tx, [...proven.reasons, ...failures.reasons]);
}

const keysOf = (applied: readonly AppliedTouch[], effect: 'provesSent' | 'fails') =>
  applied.filter(({ effects }) => effects[effect]).map(({ message: { execNo, seq } }) => ({ execNo, seq }));

const toRetry = ({ message, receipt }: AppliedTouch): Retry => ({ message, at: receipt.at });

function split(receipts: readonly LocatedReceipt[], messages: ReadonlyMap<string, TouchedMessage>) {
  const waits = (receipt: LocatedReceipt) => {
    const message = messages.get(keyOf(receipt));
    return !message || message.orgNo !== receipt.orgNo || mustWait(receipt, message);
  };
  return [receipts.filter((receipt) => !waits(receipt)), receipts.filter(waits)] as const;
}

/** Those that were not written down before, sorted: by message, then by time. */
async function insertTouches(
  tx: Transaction,
  receipts: readonly LocatedReceipt[],
  messages: ReadonlyMap<string, TouchedMessage>,
): Promise<LocatedReceipt[]> {
  const sorted = [...receipts].sort(
    (a, b) => a.execNo - b.execNo || a.seq - b.seq || touchCode(a) - touchCode(b) || a.at - b.at,
  );
  const unique = [...new Map(sorted.map((receipt) => [touchKey(receipt), receipt])).values()];
  const rows = await tx.query<{ exec_no: number; seq: number; kind: number; at: number }>(
    `insert into campaign.touch (exec_no, seq, kind, at, org_no, attempt, channel, link, verdict, detail)
     select e.exec_no, e.seq, e.kind, to_timestamp(e.at / 1000), e.org_no, e.attempt, e.channel, e.link, e.verdict, e.detail
     from unnest($1::bigint[], $2::int[], $3::smallint[], $4::float8[], $5::int[], $6::smallint[], $7::smallint[],
       $8::smallint[], $9::smallint[], $10::text[])
       as e (exec_no, seq, kind, at, org_no, attempt, channel, link, verdict, detail)
     on conflict do nothing
     returning exec_no, seq, kind, round(extract(epoch from at) * 1000)::float8 as at`,
    touchColumns(unique, messages),
    'ingest-touches',
  );
  const fresh = new Set(rows.map((row) => `${row.exec_no}:${row.seq}:${row.kind}:${row.at}`));
  return unique.filter((receipt) => fresh.has(touchKey(receipt))).sort((a, b) => a.at - b.at);
}

function touchColumns(receipts: readonly LocatedReceipt[], messages: ReadonlyMap<string, TouchedMessage>): unknown[] {
  const found = receipts.map((receipt) => messages.get(keyOf(receipt)));
  return [
    numberArray(receipts.map((receipt) => receipt.execNo)),
    numberArray(receipts.map((receipt) => receipt.seq)),
    numberArray(receipts.map(touchCode)),
    numberArray(receipts.map((receipt) => receipt.at)),
    numberArray(receipts.map((receipt) => receipt.orgNo)),
    numberArray(receipts.map((receipt, index) => receipt.attempt || (found[index]?.attempt ?? 1))),
    numberArray(found.map((message) => message?.channel ?? 0)),
    numberArray(receipts.map((receipt) => receipt.link)),
    numberArray(receipts.map((receipt) => (receipt.machine ? VERDICT.machine : VERDICT.human))),
    receipts.map((receipt) => receipt.detail),
  ];
}

/** From here on no hand-over to the person starts on this channel; after a complaint on none at all. */
async function suppress(tx: Transaction, applied: readonly AppliedTouch[], now: Date): Promise<void> {
  const wanted = applied
    .filter(({ effects }) => effects.suppresses)
    .sort((a, b) => a.message.contactNo - b.message.contactNo);
  if (wanted.length === 0) return;
  await tx.query(
    `insert into campaign.suppression (org_no, contact_no, channel, reason, created_at)
     select e.org_no, e.contact_no, e.channel, e.reason, $5
     from unnest($1::int[], $2::bigint[], $3::smallint[], $4::text[]) as e (org_no, contact_no, channel, reason)
     where exists (select 1 from campaign.contact c where c.contact_no = e.contact_no)
     order by e.contact_no, e.channel on conflict do nothing`,
    [
      numberArray(wanted.map(({ message }) => message.orgNo)),
      numberArray(wanted.map(({ message }) => message.contactNo)),
      numberArray(wanted.map(({ message, effects }) => (effects.suppresses === 'complained' ? 0 : message.channel))),
      wanted.map(({ effects }) => effects.suppresses),
      now,
    ],
  );
  await suppressShadowAddresses(
    tx,
    wanted.map(({ message }) => message.contactNo),
  );
}

const PUBLISHED: ReadonlySet<string> = new Set(['opened', 'clicked', 'bounced', 'failed', 'unsubscribed']);

/** One outbox row for each execution and kind; it lists the messages. Of a test nobody is told. */
async function writeOutbox(tx: Transaction, applied: readonly AppliedTouch[], context: IngestContext): Promise<void> {
  const told = applied.filter(
    ({ receipt }) => PUBLISHED.has(receipt.kind) && context.publishes(`campaign.message.${receipt.kind}`),
  );
  const groups = Map.groupBy(told, ({ receipt }) => `${receipt.execNo} ${touchCode(receipt)} ${receipt.machine}`);
  const facts = await context.executions.load(
    tx,
    told.map(({ receipt }) => receipt.execNo),
  );
  const rows = [...groups.values()].flatMap((group) => {
    const [one] = group;
    const execution = one && facts.get(one.receipt.execNo);
    return one && execution && !execution.isTest
      ? [{ execution, kind: one.receipt.kind, payload: payloadOf(group) }]
      : [];
  });
  if (rows.length === 0) return;
  await tx.query(
    `insert into campaign.outbox (org_no, campaign_no, exec_no, kind, payload, at)
     select e.*, $6 from unnest($1::int[], $2::bigint[], $3::bigint[], $4::text[], $5::jsonb[]) as e`,
    [
      numberArray(rows.map(({ execution }) => execution.orgNo)),
      numberArray(rows.map(({ execution }) => execution.campaignNo)),
      numberArray(rows.map(({ execution }) => execution.execNo)),
      rows.map(({ kind }) => `campaign.message.${kind}`),
      rows.map(({ payload }) => JSON.stringify(payload)),
      context.clock(),
    ],
  );
}

function payloadOf(group: readonly AppliedTouch[]) {
  const receipt = group[0]?.receipt;
  const data = {
    ...(receipt?.kind === 'bounced' && { bounceType: receipt.hard ? 'hard' : 'soft' }),
    ...(receipt?.machine && { machine: true }),
  };
  return {
    seqs: group.map(({ receipt: { seq } }) => seq),
    ats: group.map(({ receipt: { at } }) => at),
    data,
  };
}

const touchDeltas = (applied: readonly AppliedTouch[]): CounterDelta[] =>
  applied.flatMap(({ message, effects }) =>
    effects.counts.map(({ measure, at, by }) => ({
      execNo: message.execNo,
      orgNo: message.orgNo,
      variantNo: message.variantNo,
      channel: message.channel,
      at: new Date(at),
      changes: { [measure]: by },
    })),
  );
