/** A message at one of its attempts. */
interface Attempted {
  readonly attempt: number;
  /** The attempt that its present channel began with; null and absent: the first. */
  readonly began?: number | null;
}

/** Which attempt it is of those by the message's present channel; each channel has as many as any. */
export const attemptOnChannel = ({ attempt, began }: Attempted): number => attempt - (began ?? 1) + 1;
