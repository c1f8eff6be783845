import type { Database } from '../adapters/postgres';
import { crashPoint } from '../shared/crash-point';
import { inGroups } from '../shared/in-groups';
import { type ExpandResult, expandTogether } from './expand';
import type { StepSize } from './expansion-sql';
import { StepPace } from './step-pace';

/** What expanding takes. */
export interface ExpansionParts {
  readonly database: Database;
  readonly expandBatch: number;
  readonly chunkSize: number;
  /** Called after each commit that changed figures of a campaign. */
  changed(campaignId: string): void;
}

interface OpenAudience {
  readonly exec_no: number;
  readonly started: boolean;
}

/** The first people of an execution are judged in a small step, so that its first chunk leaves within a second. */
const FIRST_BATCH = 1_000;
/** New executions in one transaction: what it costs beside their people is shared by so many. */
const TOGETHER = 50;
/** An execution whose step failed is left alone for this long. */
const REST_MS = 5_000;

/**
 * Expands open executions by turns. New ones come first, many in a transaction, for most audiences end with their first
 * step; then the next large one takes one step, of as many people as fit into a short time. One that cannot be expanded
 * holds up nobody: its transaction is done again one by one, and it rests for a while.
 */
export class Expansion {
  readonly #resting = new Map<number, number>();
  readonly #pace = new StepPace();
  readonly #clock: () => number;
  #last = 0;

  /** The clock counts milliseconds from anywhere, and never back. */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** One turn of everybody; true while an audience is still open. Throws the last failure when all have had theirs. */
  async round(parts: ExpansionParts): Promise<boolean> {
    const open = await this.#open(parts.database);
    const failures: unknown[] = [];
    let more = open.filter(({ started }) => started).length > 1;
    const turn = async (execNos: readonly number[], batch: number) => {
      const { results, failed } = await this.#expand(parts, execNos, { batch, chunkSize: parts.chunkSize });
      failures.push(...failed);
      more ||= results.length + failed.length < execNos.length || results.some(({ closed }) => !closed);
    };
    const fresh = open.flatMap(({ exec_no: execNo, started }) => (started ? [] : [execNo]));
    for (const execNos of inGroups(fresh, TOGETHER)) await turn(execNos, Math.min(FIRST_BATCH, parts.expandBatch));
    const large = nextAfter(open, this.#last);
    if (large !== undefined) {
      this.#last = large;
      const [batch, began] = [this.#pace.batchOf(large, parts.expandBatch), this.#clock()];
      await turn([large], batch);
      this.#pace.took(large, batch, this.#clock() - began);
    }
    if (failures.length > 0) throw failures.at(-1);
    return more;
  }

  async #open(database: Database): Promise<OpenAudience[]> {
    const open = await database.query<OpenAudience>(OPEN_SQL, [], 'open-audiences');
    this.#pace.keep(new Set(open.map(({ exec_no: execNo }) => execNo)));
    const now = this.#clock();
    for (const [execNo, until] of this.#resting) if (until <= now) this.#resting.delete(execNo);
    return open.filter(({ exec_no: execNo }) => !this.#resting.has(execNo));
  }

  async #expand(parts: ExpansionParts, execNos: readonly number[], size: StepSize): Promise<Turn> {
    try {
      return { results: await commit(parts, execNos, size), failed: [] };
    } catch (error) {
      // With the database away nobody is at fault, and nobody rests: this throws.
      await parts.database.query('select 1');
      const [only, ...others] = execNos;
      if (only === undefined || others.length > 0) return this.#oneByOne(parts, execNos, size);
      this.#resting.set(only, this.#clock() + REST_MS);
      return { results: [], failed: [new Error(`execution ${only} cannot be expanded`, { cause: error })] };
    }
  }

  async #oneByOne(parts: ExpansionParts, execNos: readonly number[], size: StepSize): Promise<Turn> {
    const turns: Turn[] = [];
    for (const execNo of execNos) turns.push(await this.#expand(parts, [execNo], size));
    return { results: turns.flatMap(({ results }) => results), failed: turns.flatMap(({ failed }) => failed) };
  }
}

interface Turn {
  readonly results: readonly ExpandResult[];
  readonly failed: readonly unknown[];
}

async function commit(parts: ExpansionParts, execNos: readonly number[], size: StepSize): Promise<ExpandResult[]> {
  const results = await expandTogether(parts.database, execNos, size);
  crashPoint('expand:after-commit');
  for (const { campaignId } of results) if (campaignId) parts.changed(campaignId);
  return results;
}

/** The large ones take turns in the order of their numbers. */
function nextAfter(open: readonly OpenAudience[], last: number): number | undefined {
  const large = open.flatMap(({ exec_no: execNo, started }) => (started ? [execNo] : [])).toSorted((a, b) => a - b);
  return large.find((execNo) => execNo > last) ?? large[0];
}

// By turns of the organizations: one that starts a thousand campaigns keeps nobody else waiting.
const OPEN_SQL = `
select exec_no, started from (
  select exec_no, cursor_contact_no > 0 as started, row_number() over (partition by org_no order by exec_no) as turn
  from campaign.execution where status = 'running' and not audience_closed
) open order by turn, exec_no`;
