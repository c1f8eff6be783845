import { randomUUID } from 'node:crypto';
import { appendFileSync, createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Outcome } from './events';
import { isRecord, parse } from './wire-message';

/** A line of an outcomes file: what a person did; without a time, at the moment the outcomes are started. */
export interface OutcomeRow {
  readonly userId: string;
  readonly eventType: string;
  readonly at?: string;
  readonly value?: number | string;
}

interface Start {
  readonly run: string;
  readonly organizationId: string;
  readonly at: string;
}

export interface OutcomesParts {
  readonly directory: string;
  readonly file?: string;
  readonly clock: () => number;
  readonly onOutcomes: (outcomes: readonly Outcome[]) => void;
}

/**
 * What the people of this world will do. Nothing is told before `start`; the start is on disk before the first event,
 * so that a restarted world tells the same events with the same ids.
 */
export class Outcomes {
  #told = 0;
  #start: Start | undefined;

  constructor(private readonly parts: OutcomesParts) {}

  get told(): number {
    return this.#told;
  }

  get started(): boolean {
    return this.#start !== undefined;
  }

  /** Goes on where an earlier life of this process was. */
  async resume(): Promise<void> {
    if (existsSync(this.#path('outcomes.started'))) await this.#tellAll(readStart(this.#path('outcomes.started')));
  }

  /** Idempotent: the first start stands. */
  async start(organizationId: string): Promise<void> {
    if (this.#start) return;
    const start: Start = { run: randomUUID(), organizationId, at: new Date(this.parts.clock()).toISOString() };
    writeFileSync(this.#path('outcomes.started'), JSON.stringify(start));
    await this.#tellAll(start);
  }

  /** Rows told over HTTP; they wait for the start like those of the file. */
  add(rows: readonly OutcomeRow[]): void {
    appendFileSync(this.#path('outcomes.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    if (this.#start) this.#tell(rows, this.#start);
  }

  async #tellAll(start: Start): Promise<void> {
    this.#start = start;
    for (const file of [this.parts.file, this.#path('outcomes.jsonl')]) {
      if (file && existsSync(file)) this.#tell(await readRows(file), start);
    }
  }

  #tell(rows: readonly OutcomeRow[], { run, organizationId, at }: Start): void {
    const outcomes = rows.map((row, index) => ({
      at,
      ...row,
      organizationId,
      eventId: `${run}:${this.#told + index}`,
    }));
    this.#told += rows.length;
    this.parts.onOutcomes(outcomes);
  }

  #path(name: string): string {
    return join(this.parts.directory, name);
  }
}

function readStart(path: string): Start {
  const { run, organizationId, at }: Start = JSON.parse(readFileSync(path, 'utf8'));
  return { run, organizationId, at };
}

async function readRows(file: string): Promise<OutcomeRow[]> {
  const rows: OutcomeRow[] = [];
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    const row = parse(line);
    if (isOutcomeRow(row)) rows.push(row);
    else if (line.trim() !== '') throw new Error(`${file}: not an outcome: ${line.slice(0, 200)}`);
  }
  return rows;
}

export function isOutcomeRow(value: unknown): value is OutcomeRow {
  return isRecord(value) && typeof value.userId === 'string' && typeof value.eventType === 'string';
}
