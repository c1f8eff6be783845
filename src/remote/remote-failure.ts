/**
 * Why a service gave no answer that can be used. `unreachable`: no connection; `timeout`: no answer in time; `cut`: the
 * answer broke off; `busy`: it asked to be left alone (429, 503); `fault`: any other 5xx; `open`: not asked, because it has
 * failed too often; `refused`: it says no (other 3xx and 4xx); `unknown`: it does not know the thing (404);
 * `garbage`: an answer that is none; `too_large`: more than is taken.
 */
export const failureKinds = [
  'unreachable',
  'timeout',
  'cut',
  'busy',
  'fault',
  'open',
  'refused',
  'unknown',
  'garbage',
  'too_large',
] as const;
export type FailureKind = (typeof failureKinds)[number];

/** No usable answer of a remote service. The message holds nothing that the service sent. */
export class RemoteFailure extends Error {
  override readonly name = 'RemoteFailure';

  constructor(
    readonly kind: FailureKind,
    message: string,
    /** How long the service asked to be left alone, in milliseconds. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

const passing: ReadonlySet<FailureKind> = new Set(['unreachable', 'timeout', 'cut', 'busy', 'fault']);

/** Another try may bring another answer; and so many of them in a row say that the service is ill. */
export const isPassing = (failure: RemoteFailure): boolean => passing.has(failure.kind);
