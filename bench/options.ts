import { parseArgs } from 'node:util';

/** What a benchmark measures, and how much of it. */
export interface BenchOptions {
  readonly recipients: number;
  /** `off`: a sentence that is the same for everybody. `20kb`: a Liquid e-mail of that size for each. */
  readonly rendering: 'off' | '20kb';
  /** Rows that one run of the baseline writes. */
  readonly baselineRows: number;
  /** Where parts and logs live; kept afterwards when it was named. */
  readonly dir: string | undefined;
  readonly minutes: number;
  /** Subscriptions, each on a socket of its own. */
  readonly subscribers: number;
  /** What the ledger holds that the api reads. */
  readonly campaigns: number;
  readonly messages: number;
  /** Contacts whose audience is estimated. */
  readonly people: number;
  /** For how long each page is asked for. */
  readonly seconds: number;
  /** Which pages, by name; all of them when empty. */
  readonly pages: readonly string[];
  /** Writes CPU profiles of dispatcher and sender into the folder, and the dearest statements to stderr. */
  readonly profile: boolean;
}

/** One benchmark: lines of its table, and the same as figures. */
export interface BenchResult {
  readonly table: readonly string[];
  readonly figures: Readonly<Record<string, unknown>>;
}

/** Reads the command line; throws with the option's name when one makes no sense. */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({ args: [...args], options: words });
  if (values.rendering !== 'off' && values.rendering !== '20kb') throw new Error('--rendering: off or 20kb expected');
  return {
    recipients: count('recipients', values.recipients, 100, 10_000_000),
    rendering: values.rendering,
    baselineRows: count('baseline-rows', values['baseline-rows'], 1_000, 10_000_000),
    dir: values.dir,
    minutes: count('minutes', values.minutes, 1, 600),
    subscribers: count('subscribers', values.subscribers, 1, 18_000),
    campaigns: count('campaigns', values.campaigns, 100, 1_000_000),
    messages: count('messages', values.messages, 1_000, 100_000_000),
    people: count('people', values.people, 100, 10_000_000),
    seconds: count('seconds', values.seconds, 1, 3_600),
    pages: values.page,
    profile: values.profile,
  };
}

const words = {
  recipients: { type: 'string', default: '100000' },
  rendering: { type: 'string', default: 'off' },
  'baseline-rows': { type: 'string', default: '100000' },
  dir: { type: 'string' },
  minutes: { type: 'string', default: '14' },
  subscribers: { type: 'string', default: '10000' },
  campaigns: { type: 'string', default: '500' },
  messages: { type: 'string', default: '50000' },
  people: { type: 'string', default: '1000000' },
  seconds: { type: 'string', default: '6' },
  page: { type: 'string', multiple: true, default: [] as string[] },
  profile: { type: 'boolean', default: false },
} as const;

function count(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`--${name} ${text}: a whole number from ${least} to ${most} expected`);
  return value;
}
