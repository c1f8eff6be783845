import { fingerprint } from './accepted-keys';

export interface Temper {
  readonly seed: string;
  /** Share of messages that are refused, per attempt. */
  readonly refuse: number;
  /** Share of requests that are taken in and never answered. */
  readonly hang: number;
  /** No attempt above this one is refused. */
  readonly maxRefusals: number;
}

/** How the world behaves: a pure function of its seed, so that the same key is always answered the same. */
export interface Judge {
  refuses(key: string, attempt: number): boolean;
  hangs(requestNo: number): boolean;
}

export function createJudge({ seed, refuse, hang, maxRefusals }: Temper): Judge {
  const share = (text: string): number => fingerprint(`${seed}/${text}`)[0] / 2 ** 32;
  return {
    refuses: (key, attempt) => refuse > 0 && attempt <= maxRefusals && share(`refuse/${key}`) < refuse,
    hangs: (requestNo) => hang > 0 && share(`hang/${requestNo}`) < hang,
  };
}
