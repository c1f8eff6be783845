/** Messages that were let go at one moment. */
export interface Send {
  readonly at: number;
  readonly n: number;
}

/** The most that fell into any sliding window of a minute. */
export function mostInAMinute(sends: readonly Send[]): number {
  let most = 0;
  for (const { at } of sends) {
    const within = sends.filter((send) => send.at >= at && send.at < at + 60_000);
    most = Math.max(
      most,
      within.reduce((sum, { n }) => sum + n, 0),
    );
  }
  return most;
}
