import { parseArgs } from 'node:util';
import type { Bus } from '../adapters/nats';
import type { Database } from '../adapters/postgres';
import type { Clock } from '../shared/clock';
import { type LetterChoice, readLetters, replayDeadLetters, type WaitingLetter } from './dead-letter-replay';

const usage = `usage: npm run dead-letters -- list [--org ORG] [--reason TEXT] [--limit N]
       npm run dead-letters -- replay (--id N[,N…] | --all) [--org ORG] [--reason TEXT]`;

export interface DeadLettersParts {
  readonly database: Database;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly print: (line: string) => void;
}

/** Lists what could not be handled, or publishes it again once what was wrong is mended; throws when asked for neither. */
export async function runDeadLetters(args: readonly string[], parts: DeadLettersParts): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: words });
  const choice = { letterNos: numbers(values.id), organizationId: values.org, reason: values.reason };
  const [task, ...more] = positionals;
  if (more.length > 0) throw new Error(usage);
  if (task === 'list') await list(choice, Number(values.limit), parts);
  // To replay everything is said, never meant by leaving out a number.
  else if (task === 'replay' && (choice.letterNos !== undefined) !== values.all) await replay(choice, parts);
  else throw new Error(usage);
}

const words = {
  id: { type: 'string' },
  all: { type: 'boolean', default: false },
  org: { type: 'string' },
  reason: { type: 'string' },
  limit: { type: 'string', default: '50' },
} as const;

function numbers(text: string | undefined): number[] | undefined {
  const listed = text?.split(',').map(Number);
  if (listed?.some((value) => !Number.isSafeInteger(value) || value < 1)) throw new Error(usage);
  return listed;
}

async function list(choice: LetterChoice, limit: number, { database, print }: DeadLettersParts): Promise<void> {
  if (!Number.isSafeInteger(limit) || limit < 1) throw new Error(usage);
  const letters = await readLetters(database, choice, limit);
  for (const letter of letters) print(lineOf(letter));
  print(letters.length === limit ? `the oldest ${limit}; --limit N shows more` : `${letters.length} dead letters`);
}

/** The payload is not shown: it may name a person. */
const lineOf = ({ letter_no, at, organization_id, subject, deliveries, reason }: WaitingLetter): string =>
  `${letter_no}  ${at.toISOString()}  ${organization_id ?? '-'}  ${subject}  ${deliveries} offers  ${reason}`;

async function replay(choice: LetterChoice, { print, ...parts }: DeadLettersParts): Promise<void> {
  print(`${await replayDeadLetters({ ...parts, ...choice })} dead letters replayed`);
}
