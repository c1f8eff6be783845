import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { maskError } from './errors';
import type { Asked, Gate, Measured } from './operation-gate';
import { readShallowJson } from './request-body';

/** What the gate found about a request; nothing where it is no operation, which Apollo then says. */
export type MeasuredOf = (request: FastifyRequest) => Measured | undefined;

/** Puts the gate before Apollo: what is refused there is refused in the same shape, with a code. */
export function answerInGraphTerms(graph: FastifyInstance, gate: Gate): MeasuredOf {
  const measured = new WeakMap<FastifyRequest, Measured>();
  readShallowJson(graph);
  graph.addHook('onRequest', async (request, reply) => {
    if (isForeignText(request.headers['content-type'])) return reply.code(415).send(refusalOf(415, request.id));
  });
  graph.addHook('preValidation', async (request, reply) => {
    // Apollo makes an address of it.
    if (!URL.canParse(`http://${request.hostname}/`)) return reply.code(400).send(refusalOf(400, request.id));
    try {
      const found = gate(askedIn(request));
      if (found) measured.set(request, found);
    } catch (error) {
      return refuse(error, request, reply);
    }
  });
  graph.addHook('onSend', async (_, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  });
  graph.setErrorHandler<FastifyError>((error, request, reply) => {
    if (error instanceof GraphQLError) return refuse(error, request, reply);
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'a request failed');
    return reply.code(status).send(refusalOf(status, request.id));
  });
  return (request) => measured.get(request);
}

// JSON is UTF-8. Whoever before us would read it as something else would have seen another request than we do.
function isForeignText(contentType = ''): boolean {
  const [, charset] = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(contentType) ?? [];
  return charset !== undefined && !/^utf-?8$/i.test(charset);
}

// An address is read as Apollo reads it: two readers that differ are a way round the gate.
function askedIn({ method, body, url }: FastifyRequest): Asked {
  if (method !== 'GET') return (body ?? {}) as Asked;
  const asked = Object.fromEntries(new URL(url, 'http://localhost').searchParams);
  return { ...asked, ...(asked.variables !== undefined && { variables: parseJson(asked.variables) }) };
}

// What is no JSON is Apollo's to refuse.
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  if (!(error instanceof GraphQLError)) throw error;
  const status = error.extensions.code === 'QUERY_TOO_LARGE' ? 413 : 400;
  return reply.code(status).send({ errors: [maskError(error, request.id)] });
}

const refusal = (message: string, code: string, requestId?: string) => ({
  errors: [{ message, extensions: { code, ...(requestId !== undefined && { requestId }) } }],
});

function refusalOf(status: number, requestId: string) {
  if (status === 413) return refusal('the request is too large', 'QUERY_TOO_LARGE');
  if (status < 500) return refusal('not a valid request', 'BAD_REQUEST');
  return refusal('something went wrong', 'INTERNAL_SERVER_ERROR', requestId);
}
