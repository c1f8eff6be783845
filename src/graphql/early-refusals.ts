import type { FastifyError, FastifyInstance } from 'fastify';
import { queryLimits } from './limits';

interface GraphBody {
  readonly query?: unknown;
  readonly variables?: unknown;
}

/** What is refused before Apollo sees it is refused in the same shape, with a code. */
export function answerInGraphTerms(graph: FastifyInstance): void {
  graph.addHook('preValidation', async (request, reply) => {
    const { query, variables } = (request.body ?? {}) as GraphBody;
    if (typeof query === 'string' && query.length > queryLimits.documentCharacters) {
      return reply.code(413).send(refusal(`a query may have ${queryLimits.documentCharacters} characters`));
    }
    if (isDeeper(variables, queryLimits.variableDepth)) {
      return reply.code(413).send(refusal(`variables may have ${queryLimits.variableDepth} levels`));
    }
  });
  graph.addHook('onSend', async (_, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  });
  graph.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'a request failed');
    return reply.code(status).send(refusalOf(status));
  });
}

const refusal = (message: string, code = 'QUERY_TOO_LARGE') => ({ errors: [{ message, extensions: { code } }] });

function refusalOf(status: number) {
  if (status === 413) return refusal('the request is too large');
  if (status < 500) return refusal('not a valid request', 'BAD_REQUEST');
  return refusal('something went wrong', 'INTERNAL_SERVER_ERROR');
}

/** Level by level, not by recursion: a hostile document would exhaust the stack here as it would further in. */
function isDeeper(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}
