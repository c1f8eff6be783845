import type { Transaction } from '../adapters/postgres';
import type { CounterDelta, Measure } from '../metrics/counter-upsert';
import type { IngestContext, LocatedReceipt } from './ingest-context';
import { numberArray } from './pg-array';
import type { First, TouchedMessage } from './touch-rules';

/** One of the messages that a person has in one firing. Nothing of this ever changes. */
export interface Sibling {
  readonly execNo: number;
  readonly seq: number;
  readonly contactNo: number;
  readonly firing: number;
}

const COUNTED: readonly (readonly [First, Measure])[] = [
  ['opened', 'people_opened'],
  ['clicked', 'people_clicked'],
];

// The one that leads comes first: of those that are eligible the one of the lowest slot, else of all.
const SIBLINGS = `
select s.exec_no as "execNo", s.seq, s.contact_no as "contactNo", s.slot / 16 as firing
from (
  select distinct m.exec_no, m.contact_no, m.slot / 16 as firing
  from unnest($1::bigint[], $2::int[]) as k (exec_no, seq)
  join campaign.message m on m.exec_no = k.exec_no and m.seq = k.seq
) p
join campaign.message s on s.contact_no = p.contact_no and s.exec_no = p.exec_no and s.slot / 16 = p.firing
order by not s.eligible, s.slot`;

/**
 * All messages of the people who opened or clicked one, where they may have several; nobody's where each has one. They are
 * locked with those of the batch, so of two receipts for one person the later one sees the earlier.
 */
export async function readSiblings(
  tx: Transaction,
  receipts: readonly LocatedReceipt[],
  context: IngestContext,
): Promise<Sibling[]> {
  const human = receipts.filter(({ kind, machine }) => (kind === 'opened' || kind === 'clicked') && !machine);
  const facts = await context.executions.load(
    tx,
    human.map(({ execNo }) => execNo),
  );
  const keys = human.filter(({ execNo }) => facts.get(execNo)?.isSpread);
  if (keys.length === 0) return [];
  const columns = [numberArray(keys.map(({ execNo }) => execNo)), numberArray(keys.map(({ seq }) => seq))];
  return tx.query<Sibling>(SIBLINGS, columns, 'ingest-siblings');
}

/** A person's messages as they are found, with the first times before anything is applied. */
interface Person {
  readonly messages: readonly TouchedMessage[];
  readonly before: ReadonlyMap<First, number | undefined>;
}

/**
 * Remembers who had opened and clicked before a batch; asked after it, tells how the counts of people change. A person
 * counts in the minute of the earliest of their messages, with the one that leads, as for `people` and `eligible`.
 */
export function watchPeople(
  siblings: readonly Sibling[],
  messages: ReadonlyMap<string, TouchedMessage>,
): () => CounterDelta[] {
  const firings = Map.groupBy(siblings, ({ execNo, contactNo, firing }) => `${execNo} ${contactNo} ${firing}`);
  const people = [...firings.values()].map((own): Person => {
    const found = own.flatMap(({ execNo, seq }) => messages.get(`${execNo}:${seq}`) ?? []);
    return { messages: found, before: new Map(COUNTED.map(([first]) => [first, earliest(found, first)])) };
  });
  return () => people.flatMap((person) => COUNTED.flatMap(([first, measure]) => changesOf(person, first, measure)));
}

function earliest(messages: readonly TouchedMessage[], name: First): number | undefined {
  const times = messages.flatMap(({ firsts }) => firsts[name] ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

function changesOf({ messages, before }: Person, first: First, measure: Measure): CounterDelta[] {
  const [leading] = messages;
  const [was, is] = [before.get(first), earliest(messages, first)];
  if (!leading || is === undefined || is === was) return [];
  const { execNo, orgNo, variantNo, channel } = leading;
  const change = (at: number, by: number) => ({
    ...{ execNo, orgNo, variantNo, channel, at: new Date(at) },
    changes: { [measure]: by },
  });
  return was === undefined ? [change(is, 1)] : [change(was, -1), change(is, 1)];
}
