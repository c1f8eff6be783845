import type { Database } from '../adapters/postgres';
import type { Localized, LocalizedWords } from './localized';
import { LOCALIZED, type LocalizedKind } from './localized-keys';

/** Words and prices of one place are fixed for an execution: whoever is written to again is told the same. */
export interface WordsOwner {
  readonly execNo: number;
  readonly orgNo: number;
  readonly kind: LocalizedKind;
}

/**
 * As long as a place of which a service never said anything keeps its people waiting, from the first time that an execution
 * asked in vain. Then they are written to with what is known.
 */
export const PATIENCE_SECONDS = 60;

/** What is fixed for these places. One that waits is not in it. */
export async function frozenWords(
  database: Database,
  { execNo, kind }: Pick<WordsOwner, 'execNo' | 'kind'>,
  places: readonly string[],
): Promise<ReadonlyMap<string, LocalizedWords>> {
  const rows = await database.query<{ place: string; words: LocalizedWords }>(
    READ,
    [execNo, LOCALIZED[kind], places],
    'words-read',
  );
  return new Map(rows.map(({ place, words }) => [place, words]));
}

/**
 * Fixes what is known of places, once: whoever comes first decides for all machines and all attempts. What is incomplete
 * waits, with a mark of when that began, until the execution's patience is at its end. Crash on the way: what is fixed
 * stays, the next holder does the rest.
 */
export async function freezeWords(
  database: Database,
  { execNo, orgNo, kind }: WordsOwner,
  known: ReadonlyMap<string, Localized>,
): Promise<void> {
  const rows = [...known].map(([place, { words, isComplete, answeredAt }]) => ({
    ...{ place, words, complete: isComplete, answered_at: answeredAt },
  }));
  const sorted = rows.toSorted((a, b) => (a.place < b.place ? -1 : 1));
  const values = [execNo, LOCALIZED[kind], orgNo, JSON.stringify(sorted), PATIENCE_SECONDS];
  await database.query(FREEZE, values, 'words-freeze');
}

const READ = `select place, words from campaign.execution_words
where exec_no = $1 and kind = $2 and place = any($3::text[]) and words is not null`;

const FREEZE = `
with since as (
  select coalesce(min(asked_at), statement_timestamp()) as at from campaign.execution_words
  where exec_no = $1 and kind = $2 and not complete
)
insert into campaign.execution_words as kept (exec_no, kind, place, org_no, words, complete, answered_at, asked_at)
select $1, $2, r.place, $3,
  case when r.complete or since.at <= statement_timestamp() - make_interval(secs => $5::float8) then r.words end,
  r.complete, r.answered_at, statement_timestamp()
from jsonb_to_recordset($4::jsonb) as r (place text, words jsonb, complete boolean, answered_at timestamptz), since
on conflict (exec_no, kind, place) do update
set words = excluded.words, complete = excluded.complete, answered_at = excluded.answered_at
where kept.words is null and excluded.words is not null`;
