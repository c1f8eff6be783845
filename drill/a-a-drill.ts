import { parseArgs } from 'node:util';
import { type AaResult, runAa } from './a-a';

/** False winners at a confidence of 0.95: one in twenty, and what chance adds to it in ten thousand experiments. */
const MOST = 0.056;
const LOOKS = 40;
const PEOPLE_BETWEEN = 1_000;

/** What the drill found; `ok` when no kind of experiment has more false winners than it may. */
export interface AaVerdict {
  readonly drill: 'a-a';
  readonly ok: boolean;
  readonly seed: string;
  readonly looks: number;
  readonly results: readonly AaResult[];
}

/** Experiments without anything to find, looked at all the time: how often is a winner declared? */
export function aaDrill(args: readonly string[], print: (line: string) => void): AaVerdict {
  const { values } = parseArgs({
    args: [...args],
    options: { experiments: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
  });
  const experiments = Number(values.experiments);
  if (!Number.isInteger(experiments) || experiments < 1 || experiments > 1_000_000)
    throw new Error(`--experiments ${values.experiments}: a whole number from 1 to 1000000 expected`);
  const results = runAa({ experiments, seed: values.seed, looks: LOOKS, peopleBetween: PEOPLE_BETWEEN });
  for (const { kind, share, naiveShare } of results)
    print(`${kind}: false winners ${percent(share)}, by a test that minds no looking ${percent(naiveShare)}`);
  return { drill: 'a-a', ok: results.every(({ share }) => share <= MOST), seed: values.seed, looks: LOOKS, results };
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
