import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DomainError, OutOfTime } from '../shared/errors';

/**
 * Codes that are the protocol's own or ours for its edge, and what each means to a caller; with the domain's codes they
 * are all a client ever sees. docs/api.md shows this table.
 */
export const edgeCodes: Readonly<Record<string, string>> = {
  GRAPHQL_PARSE_FAILED: 'The document is no GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema, or is larger than an operation may be.',
  OPERATION_RESOLUTION_FAILURE: 'The document has no operation of that name, or it came by the wrong transport.',
  PERSISTED_QUERY_NOT_SUPPORTED: 'Only the hash of a query came: send the query.',
  BAD_REQUEST: 'The request is no GraphQL over HTTP.',
  BAD_USER_INPUT: 'A variable or an argument has a value that it cannot have, such as a page that is too large.',
  UNAUTHENTICATED: 'There is no token, or none that holds.',
  FORBIDDEN: "The caller's role does not allow the field.",
  QUERY_TOO_LARGE: 'The request is larger than anything that is looked into.',
  RATE_LIMITED: 'Too many operations or subscriptions; `retryAfter` says in how many seconds to try again.',
  TIMEOUT: 'The operation took too long and was given up: ask for less.',
  INTERNAL_SERVER_ERROR: 'Our fault; `requestId` finds it in our logs.',
};

const fault = 'INTERNAL_SERVER_ERROR';

/** No token, or none that holds. Says no more: which check failed helps only a forger. */
export const unauthenticated = (): GraphQLError =>
  new GraphQLError('a valid token is needed', { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });

/** The viewer's role does not allow the operation. */
export const forbidden = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'FORBIDDEN', http: { status: 403 } } });

/** It is no request of ours, for a reason that the caller can see to. */
export const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });

/** More than anything may have before somebody looks into it. */
export const tooLarge = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'QUERY_TOO_LARGE' } });

/** The caller has used up what it may; says when it is worth another try. */
export const rateLimited = (retryAfter: number): GraphQLError =>
  new GraphQLError(`too many operations: try again in ${retryAfter} s`, {
    extensions: { code: 'RATE_LIMITED', retryAfter, http: { status: 429 } },
  });

/**
 * The one place where an error becomes what a client sees: domain errors keep code and path, the protocol's own keep
 * their code, and anything else is a fault that says nothing but the request's id.
 */
export function maskError(error: unknown, requestId: string | undefined): GraphQLFormattedError {
  const { message, ...more } = unmeasured(error, requestId);
  return {
    message: message.length > MESSAGE_CHARACTERS ? `${message.slice(0, MESSAGE_CHARACTERS)}…` : message,
    ...more,
  };
}

/** Some messages repeat what the caller wrote, and in one answer many may: a megabyte must not come back tenfold. */
const MESSAGE_CHARACTERS = 500;

function unmeasured(error: unknown, requestId: string | undefined): GraphQLFormattedError {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const place = error instanceof GraphQLError ? { locations: error.locations, path: error.path } : {};
  if (cause instanceof DomainError) return { message: cause.message, ...place, extensions: domainExtensions(cause) };
  if (isOutOfTime(cause)) return { message: tookTooLong, ...place, extensions: { code: 'TIMEOUT', requestId } };
  if (isFault(error)) return { message: 'something went wrong', ...place, extensions: { code: fault, requestId } };
  const { message, extensions } = error as GraphQLError;
  const { code = 'BAD_USER_INPUT', retryAfter } = extensions;
  return { message, ...place, extensions: { code, ...(retryAfter !== undefined && { retryAfter }) } };
}

/** The same as an error again, for transports that want one. */
export function clientError(error: unknown, requestId: string | undefined): GraphQLError {
  const { message, extensions, path } = maskError(error, requestId);
  return new GraphQLError(message, { extensions, path });
}

const tookTooLong = 'the operation took too long and was given up';
/** PostgreSQL's word for a statement that was cancelled, by its timeout as well. */
const queryCanceled = '57014';

const isOutOfTime = (cause: unknown): boolean =>
  cause instanceof OutOfTime || (cause instanceof Error && 'code' in cause && cause.code === queryCanceled);

const domainExtensions = ({ code, path }: DomainError) => ({ code, ...(path !== undefined && { inputPath: path }) });

const isOfProtocol = (code: unknown): boolean =>
  typeof code === 'string' && code !== fault && Object.hasOwn(edgeCodes, code);

/** True for what the client did not do: worth a line in the log with its stack. */
export function isFault(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return !(error instanceof DomainError);
  const cause = error.originalError;
  if (cause instanceof DomainError) return false;
  if (cause !== undefined && !(cause instanceof GraphQLError)) return !isOfProtocol(error.extensions.code);
  // Without a code: before any resolver it is the operation's own mistake, in one it is ours.
  const { code } = error.extensions;
  return code === undefined ? error.path !== undefined : !isOfProtocol(code);
}
