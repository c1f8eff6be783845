import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Judgement } from './judgement';
import type { LedgerRow } from './ledger-view';

/** What the recorder heard: for each kind of event its messages, or its ids where it is about no message. */
export type Recorded = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the recorder's file; the same event heard twice counts once. */
export async function readRecorded(file: string): Promise<Recorded> {
  const heard = new Map<string, Set<string>>();
  if (!existsSync(file)) return heard;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [type = '', id = '', messageId = ''] = line.split('\t');
    const of = heard.get(type) ?? new Set();
    heard.set(type, of.add(messageId || id));
  }
  return heard;
}

/** True once everything that must come has come. */
export const isComplete = (heard: Recorded, expected: Recorded): boolean =>
  [...expected].every(([type, wanted]) => (heard.get(type)?.size ?? 0) >= wanted.size);

/** The events that an execution which has ended must have told. */
export function expectedEvents(ledger: readonly LedgerRow[]): Recorded {
  const those = (holds: (row: LedgerRow) => boolean) => new Set(ledger.filter(holds).map((row) => row.messageId));
  return new Map([
    ['campaign.message.sent', those((row) => row.disposition === 'sent')],
    ['campaign.message.delivered', those((row) => row.delivered)],
    ...['campaign.created', 'campaign.started', 'campaign.completed', 'execution.completed'].map(
      (type) => [type, new Set(['once'])] as const,
    ),
  ]);
}

/** What the bus carried against what the ledger says it had to. */
export function judgeBus(heard: Recorded, expected: Recorded, judgement: Judgement): void {
  for (const [type, wanted] of expected) {
    const got = heard.get(type) ?? new Set();
    judgement.equal(`events ${type}`, got.size, wanted.size);
    if (!type.startsWith('campaign.message.')) continue;
    for (const one of wanted) if (!got.has(one)) judgement.add(`${type} never heard`, one);
    for (const one of got) if (!wanted.has(one)) judgement.add(`${type} heard of another message`, one);
  }
}
