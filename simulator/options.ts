import { parseArgs } from 'node:util';
import type { Temper } from './judge';

export interface SimulatorOptions {
  readonly port: number;
  readonly nats?: string;
  readonly log: string;
  readonly outcomes?: string;
  readonly receipts: boolean;
  /** Milliseconds that the provider thinks before it answers. */
  readonly latency: number;
  readonly temper: Temper;
}

/** Throws with the option's name when one makes no sense. */
export function parseOptions(args: readonly string[]): SimulatorOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '0' },
      nats: { type: 'string' },
      log: { type: 'string' },
      outcomes: { type: 'string' },
      receipts: { type: 'string', default: 'on' },
      refuse: { type: 'string', default: '0' },
      hang: { type: 'string', default: '0' },
      latency: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      'max-refusals': { type: 'string', default: '2' },
    },
  });
  if (!values.log) throw new Error('--log DIR is missing');
  if (!values.nats && values.receipts === 'on') throw new Error('--nats URL is missing (or --receipts off)');
  return {
    port: number('port', values.port, 65_535),
    nats: values.nats,
    log: values.log,
    outcomes: values.outcomes,
    receipts: values.receipts === 'on',
    latency: number('latency', values.latency, 60_000),
    temper: {
      seed: values.seed,
      refuse: number('refuse', values.refuse, 1),
      hang: number('hang', values.hang, 1),
      maxRefusals: number('max-refusals', values['max-refusals'], 1_000),
    },
  };
}

function number(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!(value >= 0 && value <= most)) throw new Error(`--${name} ${text}: 0 to ${most} expected`);
  return value;
}
