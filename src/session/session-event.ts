import { instantOf, parseEnvelope, textOf } from '../events/receipt';

/** A person came, or went. */
export interface SessionEvent {
  readonly organizationId: string;
  readonly externalId: string;
  readonly kind: 'started' | 'ended';
  /** Milliseconds since 1970. */
  readonly at: number;
}

const kinds: ReadonlyMap<string, SessionEvent['kind']> = new Map([
  ['user.session.started', 'started'],
  ['user.session.ended', 'ended'],
]);

export const SESSION_SUBJECTS: ReadonlySet<string> = new Set(kinds.keys());

/** Reads `user.session.*`; throws `UnreadableEvent`. */
export function parseSessionEvent(subject: string, text: string): SessionEvent {
  const { organizationId, data } = parseEnvelope(text);
  return {
    organizationId,
    externalId: textOf(data, 'userId'),
    kind: kinds.get(subject) ?? 'ended',
    at: instantOf(data.at),
  };
}
