import type { Answer } from './transport';

/** The provider answered, but not for this message: it may have it. */
export const answerMissing = (key: string): Answer => ({ key, outcome: 'unanswered', reason: 'no answer for the key' });

/** Answers by key. What is not an answer in the protocol's words is left out, and so counts as missing. */
export function parseResults(body: string): ReadonlyMap<string, Answer> {
  const answers = new Map<string, Answer>();
  for (const row of rowsOf(body)) {
    const answer = parseResult(row);
    if (answer) answers.set(answer.key, answer);
  }
  return answers;
}

function rowsOf(body: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(body);
    return isRecord(parsed) && Array.isArray(parsed.results) ? parsed.results : [];
  } catch {
    // A garbled 200 tells nothing about any message: all are missing, none is refused.
    return [];
  }
}

function parseResult(row: unknown): Answer | undefined {
  if (!isRecord(row) || typeof row.key !== 'string') return undefined;
  const { key } = row;
  if (row.status === 'accepted')
    return { key, outcome: 'accepted', ...(text(row.providerId) && { providerId: text(row.providerId) }) };
  if (row.status !== 'refused') return undefined;
  return { key, outcome: 'refused', reason: text(row.reason) ?? 'refused', permanent: row.permanent === true };
}

// Reasons are kept and shown: bounded, whatever the provider sends.
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value.slice(0, 500) : undefined);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
