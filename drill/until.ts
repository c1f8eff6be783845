import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until the answer is not undefined; undefined when `deadline` passed. An error is a "not yet". */
export async function until<Answer>(
  deadline: number,
  ask: () => Promise<Answer | undefined>,
  everyMs = 100,
): Promise<Answer | undefined> {
  while (Date.now() < deadline) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    await pause(everyMs);
  }
  return undefined;
}
