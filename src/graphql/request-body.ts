import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { fixedLimits } from './edge-settings';
import { badRequest, tooLarge } from './errors';

/**
 * Reads a body as Fastify does, but for one that is nested too deeply: a value for each bracket takes thirty times the
 * memory of its text, and nobody would look into it anyway.
 */
export function readShallowJson(graph: FastifyInstance): void {
  const parse = graph.getDefaultJsonParser('error', 'error');
  const refusalOf = tellsForbiddenKeys(graph);
  graph.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body);
    if (isDeeperThan(fixedLimits.bodyDepth, text)) done(tooLarge(`a request may have ${fixedLimits.bodyDepth} levels`));
    else parse(request, text, (error, value) => done(error && (refusalOf(request, text) ?? error), value));
  });
}

/** Why a body was refused that is JSON: its reader takes no key by which a prototype could be changed. */
function tellsForbiddenKeys(graph: FastifyInstance) {
  const parsers = [
    ['__proto__', graph.getDefaultJsonParser('ignore', 'error')],
    ['constructor.prototype', graph.getDefaultJsonParser('error', 'ignore')],
    ['__proto__ and constructor.prototype', graph.getDefaultJsonParser('ignore', 'ignore')],
  ] as const;
  return (request: FastifyRequest, text: string): GraphQLError | undefined => {
    for (const [key, parse] of parsers) {
      let isRead = false;
      parse(request, text, (error) => {
        isRead = !error;
      });
      if (isRead) return badRequest(`the key ${key} is not taken anywhere in a request`);
    }
    return undefined;
  };
}

const [quote, backslash] = [34, 92];
const opening: ReadonlySet<number> = new Set([91, 123]);
const closing: ReadonlySet<number> = new Set([93, 125]);

function isDeeperThan(most: number, text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfText(text, at);
    else if (opening.has(code)) depth += 1;
    else if (closing.has(code)) depth -= 1;
    if (depth > most) return true;
  }
  return false;
}

/** Where the text that begins here ends; at the very end for one that does not. */
function endOfText(text: string, begin: number): number {
  for (let at = begin + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === backslash) at += 1;
  }
  return text.length;
}
