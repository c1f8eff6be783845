import { parseArgs } from 'node:util';
import { OperatorMistake } from '../src/shared/operator-mistake';

/** How large the experiment is. */
export const EVERYBODY = 64_000;

const usage = `usage: npm run demo -- [options]
  --once           end after the result instead of staying up
  --json FILE      write the result as JSON, too
  --people N       only the first N customers (1 to ${EVERYBODY})
  --permute SEED   permute the rows before they are numbered
  --withhold SHARE keep the outcomes of this share of the customers secret (0 to 1)`;

export interface DemoOptions {
  readonly once: boolean;
  readonly json: string | undefined;
  readonly people: number;
  readonly seed: number | undefined;
  readonly withhold: number;
}

/** An option makes no sense; the message has the usage. */
export class OptionsError extends OperatorMistake {}

/** Throws an {@link OptionsError} when an option makes no sense. */
export function parseOptions(args: readonly string[]): DemoOptions {
  const values = readArguments(args);
  return {
    once: values.once,
    json: values.json,
    people: number('people', values.people, 1, EVERYBODY),
    seed: values.permute === undefined ? undefined : number('permute', values.permute, 0, 2 ** 32 - 1),
    withhold: share(values.withhold),
  };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        once: { type: 'boolean', default: false },
        json: { type: 'string' },
        people: { type: 'string', default: String(EVERYBODY) },
        permute: { type: 'string' },
        withhold: { type: 'string', default: '0' },
      },
    }).values;
  } catch (error) {
    throw new OptionsError(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

function number(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new OptionsError(`--${name} ${text}: a whole number from ${least} to ${most} is expected\n${usage}`);
}

function share(text: string): number {
  const value = Number(text);
  if (value >= 0 && value <= 1) return value;
  throw new OptionsError(`--withhold ${text}: 0 to 1 is expected\n${usage}`);
}
