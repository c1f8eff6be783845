import type { ErrorCode } from './error-codes';

export type { ErrorCode };

/** Something the caller did or met that the domain has a word for. Edges translate it; everything else is a fault. */
export class DomainError extends Error {
  override readonly name: string = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    /** Where in the input it is: `all[1].any[0].value`, `variants[2].allocation`. */
    readonly path?: string,
  ) {
    super(message);
  }
}

/** Ids of ours are shorter; what is not one is told back no longer. */
const LONGEST_ID = 100;

/** The thing does not exist for this viewer: another organization's thing answers the same. `path`: where its id was given. */
export function notFound(what: string, id: string, path = 'id'): DomainError {
  const told = id.length > LONGEST_ID ? `${id.slice(0, LONGEST_ID)}…` : id;
  return new DomainError('NOT_FOUND', `no ${what} ${told}`, path);
}

/** A unit of work has used up its time. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';

  constructor() {
    super('the unit of work has used up its time');
  }
}
