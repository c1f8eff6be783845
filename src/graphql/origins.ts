import type { FastifyInstance } from 'fastify';

/** Says whether a page of this origin may talk to us; programs, which have none, may. */
export type OriginRule = (origin: string | undefined) => boolean;

const sandbox = ['https://studio.apollographql.com', 'https://sandbox.embed.apollographql.com'];

/** The allowed origins, letter by letter; in development also pages of this machine and Apollo Sandbox. */
export function createOriginRule(allowed: readonly string[], production: boolean): OriginRule {
  const known = new Set(production ? allowed : [...allowed, ...sandbox]);
  return (origin) => origin === undefined || known.has(origin) || (!production && isThisMachine(origin));
}

// The whole text, not the beginning: `http://localhost.example` is somebody else's.
const isThisMachine = (origin: string): boolean =>
  /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/.test(origin);

/** Lets pages read answers across origins: for development alone. In production no answer says anything about origins. */
export function answerAcrossOrigins(graph: FastifyInstance, path: string, allows: OriginRule): void {
  graph.addHook('onRequest', async ({ headers: { origin } }, reply) => {
    if (origin === undefined || !allows(origin)) return;
    reply.header('access-control-allow-origin', origin).header('vary', 'origin');
  });
  graph.options(path, async ({ headers }, reply) => {
    const asked = headers['access-control-request-headers'];
    // A page on the internet that asks this machine: browsers want to hear that it may.
    const asksInward = headers['access-control-request-private-network'] === 'true' && allows(headers.origin);
    if (asksInward) reply.header('access-control-allow-private-network', 'true');
    return reply
      .header('access-control-allow-methods', 'GET, POST')
      .header('access-control-allow-headers', asked ?? '')
      .header('access-control-max-age', '600')
      .code(204)
      .send();
  });
}
