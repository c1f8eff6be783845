import { ForbiddenAddress, NotConnected } from '../adapters/checked-connector';
import { type CheckedReply, Unreadable } from '../adapters/checked-http';
import type { Answer } from './transport';

/** They ask for patience: what was refused is not what was sent. */
const LATER = new Set([408, 409, 425, 429]);

/**
 * What a status means. Whoever takes webhooks drops an id that it has seen, also after an answer of 5xx: so that is a
 * refusal, after which the message is tried again, a few times and ever later.
 */
export function answerOf(key: string, { status }: CheckedReply): Answer {
  if (status >= 200 && status < 300) return { key, outcome: 'accepted' };
  const reason = `http ${status}`;
  // No redirect is followed: it would lead where nobody looked.
  const permanent = status < 500 && !LATER.has(status);
  return { key, outcome: 'refused', reason, permanent };
}

/** What trouble on the way means. */
export function troubleOf(key: string, error: unknown): Answer {
  if (error instanceof ForbiddenAddress) return { key, outcome: 'refused', reason: error.message, permanent: true };
  // Nothing of this request has left; an earlier one of the same key may have.
  if (error instanceof NotConnected)
    return { key, outcome: 'refused', reason: error.message, permanent: false, ofRequest: true };
  if (error instanceof Unreadable) return { key, outcome: 'refused', reason: 'no answer of HTTP', permanent: false };
  return { key, outcome: 'unanswered', reason: error instanceof Error ? error.name : 'no answer' };
}
