import { parseArgs } from 'node:util';

import type { DrillChannels } from './people';

/** What a drill does, and how long it may take. */
export interface DrillOptions {
  readonly recipients: number;
  /** kill -9 of dispatchers and senders. */
  readonly kills: number;
  /** kill -9 of PostgreSQL with all of its children. */
  readonly postgres: number;
  /** Deletions of everything that NATS and Redis hold. */
  readonly wipe: number;
  readonly transport: 'http' | 'smtp';
  readonly channels: DrillChannels;
  readonly seed: string;
  /** Where parts and logs live; kept afterwards when it was named. */
  readonly dir: string | undefined;
  readonly minutes: number;
}

/** Reads the command line; throws with the option's name when one makes no sense. */
export function readDrillOptions(args: readonly string[]): DrillOptions {
  const { values } = parseArgs({ args: [...args], options: words });
  const others = values.postgres !== '0' || values.wipe !== '0';
  if (values.transport !== 'http' && values.transport !== 'smtp') throw new Error('--transport: http or smtp expected');
  if (values.channels !== 'email' && values.channels !== 'mixed')
    throw new Error('--channels: email or mixed expected');
  if (values.channels === 'mixed' && values.transport === 'smtp')
    throw new Error('--channels mixed: a mail server carries e-mail alone');
  return {
    recipients: count('recipients', values.recipients, 1, 10_000_000),
    // The other disasters are shown alone, unless kills are asked for with them.
    kills: count('kills', values.kills ?? (others ? '0' : '200'), 0, 100_000),
    postgres: count('postgres', values.postgres, 0, 1_000),
    wipe: count('wipe', values.wipe, 0, 1_000),
    transport: values.transport,
    channels: values.channels,
    seed: values.seed ?? String(Date.now()),
    dir: values.dir,
    minutes: count('minutes', values.minutes, 1, 600),
  };
}

const words = {
  recipients: { type: 'string', default: '100000' },
  kills: { type: 'string' },
  postgres: { type: 'string', default: '0' },
  wipe: { type: 'string', default: '0' },
  transport: { type: 'string', default: 'http' },
  channels: { type: 'string', default: 'email' },
  seed: { type: 'string' },
  dir: { type: 'string' },
  minutes: { type: 'string', default: '14' },
} as const;

function count(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`--${name} ${text}: a whole number from ${least} to ${most} expected`);
  return value;
}
